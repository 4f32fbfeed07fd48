// Asks for the password, and for a code where there is a second factor, before something that a session alone may not do.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/Dialog';
import { CodeInput } from './CodeInput';
import { ProofFailure } from './ProofFailure';

interface ProofDialogProps {
  title: string;
  submit: string;
  withCode?: boolean;
  children?: ReactNode;
  onSubmit: (password: string, code: string) => Promise<unknown>;
  onClose: () => void;
}

export function ProofDialog({ title, submit, withCode = false, children, onSubmit, onClose }: ProofDialogProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const send = async () => {
    try {
      await onSubmit(password, code);
    } catch (refused) {
      setCode(''); // good once
      throw refused;
    }
  };
  return (
    <Dialog
      title={title}
      submit={submit}
      disabled={!password || (withCode && !code.trim())}
      failure={(error) => <ProofFailure error={error} />}
      onSubmit={send}
      onClose={onClose}
    >
      {children}
      <FormField label={t('account.password.present')}>
        <Input
          value={password}
          onChange={({ detail }) => setPassword(detail.value)}
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus
        />
      </FormField>
      {withCode && (
        <FormField label={t('login.code')} description={t('login.codeHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
      )}
    </Dialog>
  );
}
