// Asks for the password, and for a code where there is a second factor, before something that a session alone may not do.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
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
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const missing = !password || (withCode && !code.trim());
  const send = async () => {
    if (busy || missing) return;
    setBusy(true);
    setError(null);
    try {
      await onSubmit(password, code);
    } catch (refused) {
      setCode('');
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const sent = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <Modal
      visible
      header={title}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button variant="primary" disabled={missing} loading={busy} onClick={() => void send()}>
              {submit}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={sent}>
        <SpaceBetween size="m">
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
          <ProofFailure error={error} />
          {/* Enter sends; the buttons stand in the footer. */}
          <input type="submit" hidden />
        </SpaceBetween>
      </form>
    </Modal>
  );
}
