// Asks for the password, and for the second factor where there is one, before something that a session alone may not do.
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecondFactor } from '../../api/account';
import { passkeyChallenge, showPasskey, type Proof } from '../../api/passkeys';
import { useSession } from '../../app/session';
import { Dialog } from '../../ui/Dialog';
import { CodeInput } from './CodeInput';
import { ProofFailure } from './ProofFailure';

interface ProofDialogProps {
  title: string;
  submit: string;
  /** The second factor as it stands; without it the password is enough. */
  second?: SecondFactor;
  /** Whether something else in the dialog is missing. */
  disabled?: boolean;
  children?: ReactNode;
  onSubmit: (proof: Proof) => Promise<unknown>;
  onClose: () => void;
}

export function ProofDialog({ title, submit, second, disabled = false, children, onSubmit, onClose }: ProofDialogProps) {
  const { t } = useTranslation();
  // Who signed in elsewhere has no password: that he did so just now is asked for instead, by the service.
  const { federated } = useSession();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const keys = (second?.passkeys.length ?? 0) > 0;
  const [way, setWay] = useState<'passkey' | 'code'>(keys ? 'passkey' : 'code');
  const asksCode = second?.enrolled === true && way === 'code';
  const proof = async (): Promise<Proof> => {
    if (!second?.enrolled) return { password };
    return way === 'code' ? { password, code } : { password, passkey: await showPasskey(await passkeyChallenge(password)) };
  };
  const send = async () => {
    try {
      await onSubmit(await proof());
    } catch (refused) {
      setCode(''); // good once
      throw refused;
    }
  };
  return (
    <Dialog
      title={title}
      submit={submit}
      disabled={disabled || (!password && !federated) || (asksCode && !code.trim())}
      failure={(error) => <ProofFailure error={error} />}
      onSubmit={send}
      onClose={onClose}
    >
      {children}
      {!federated && (
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
      )}
      {keys && (
        <FormField label={t('account.factor.title')}>
          <RadioGroup
            value={way}
            onChange={({ detail }) => setWay(detail.value === 'code' ? 'code' : 'passkey')}
            items={[
              { value: 'passkey', label: t('account.passkeys.use') },
              { value: 'code', label: t(second?.app ? 'account.passkeys.code' : 'account.passkeys.recoveryCode') },
            ]}
          />
        </FormField>
      )}
      {asksCode && (
        <FormField label={t('login.code')} description={t(second?.app ? 'login.codeHint' : 'login.recoveryHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
      )}
    </Dialog>
  );
}
