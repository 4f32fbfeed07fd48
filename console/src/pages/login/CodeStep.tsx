// The second step of the log-in: what the authenticator app shows, or a recovery code.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { openSession, type Credentials, type Session } from '../../api/session';
import { failureText } from '../../ui/Failure';
import { CodeInput } from '../account/CodeInput';

interface CodeStepProps {
  credentials: Credentials;
  onEntered: (session: Session) => void;
  onBack: () => void;
}

export function CodeStep({ credentials, onEntered, onBack }: CodeStepProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !code.trim()) return;
    setBusy(true);
    setError(null);
    try {
      onEntered(await openSession({ ...credentials, code: code.trim() }));
    } catch (refused) {
      setCode('');
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const reason = (refused: unknown) => {
    if (!(refused instanceof ApiError) || refused.status !== 401) return failureText(t, refused);
    return t(refused.code === 'SecondFactorWrong' ? 'login.codeWrong' : 'login.paused');
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <SpaceBetween size="m">
        <Box>{t('login.codeText')}</Box>
        {error !== null && (
          <Alert type="error" header={t('login.failed')}>
            {reason(error)}
          </Alert>
        )}
        <FormField label={t('login.code')} description={t('login.codeHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
        <Button variant="primary" formAction="submit" loading={busy} fullWidth>
          {t('login.submit')}
        </Button>
        <Button variant="link" formAction="none" onClick={onBack}>
          {t('login.back')}
        </Button>
      </SpaceBetween>
    </form>
  );
}
