// The second step of the log-in: a passkey, what the authenticator app shows, or a recovery code.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { PasskeyFailure, showPasskey } from '../../api/passkeys';
import { expiredLink, secondStep, type SecondStep, type Session } from '../../api/session';
import type { LocalFactor } from '../../api/signIn';
import { failureText } from '../../ui/Failure';
import { CodeInput } from '../account/CodeInput';

/** milliseconds; the service takes an answer for five minutes */
const CHALLENGE_LIFE = 240_000;

interface CodeStepProps {
  /** Opens the session with what is shown; with nothing it is refused, with what may be shown. */
  open: (shown: LocalFactor) => Promise<Session>;
  /** What came with the refusal of the first step alone. */
  step: SecondStep;
  onEntered: (session: Session) => void;
  /** The code was right, and the password has ended: cannot be where none is used. */
  onExpired?: (link: string) => void;
  onBack: () => void;
}

export function CodeStep({ open, step, onEntered, onExpired, onBack }: CodeStepProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState<'code' | 'passkey' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const challenge = useRef({ step, until: Date.now() + CHALLENGE_LIFE });
  const trying = async (way: 'code' | 'passkey', enter: () => Promise<Session>) => {
    if (busy) return;
    setBusy(way);
    setError(null);
    try {
      onEntered(await enter());
    } catch (refused) {
      setCode('');
      const link = expiredLink(refused);
      if (link && onExpired) onExpired(link);
      else setError(refused);
    } finally {
      setBusy(null);
    }
  };
  const byCode = (event: FormEvent) => {
    event.preventDefault();
    if (code.trim()) void trying('code', () => open({ code: code.trim() }));
  };
  /** A challenge is good for one answer, and not for long. */
  const options = async () => {
    if (Date.now() > challenge.current.until) {
      challenge.current = { step: await anotherStep(open), until: Date.now() + CHALLENGE_LIFE };
    }
    return challenge.current.step.passkey!;
  };
  const byPasskey = () =>
    void trying('passkey', async () => {
      const passkey = await showPasskey(await options());
      challenge.current.until = 0;
      return open({ passkey });
    });
  const reason = (refused: unknown) => {
    if (refused instanceof PasskeyFailure) return t(`account.passkeys.trouble.${refused.trouble}`, { site: refused.site });
    if (!(refused instanceof ApiError) || refused.status !== 401) return failureText(t, refused);
    if (refused.code === 'IssuedPasswordExpired') return t('login.issuedExpired');
    if (refused.code === 'SignInLapsed') return t('signIn.refused.SignInLapsed');
    if (refused.code === 'SecondFactorPasskeyWrong') return t('account.refused.WrongPasskey');
    return t(refused.code === 'SecondFactorWrong' ? 'login.codeWrong' : 'login.paused');
  };
  return (
    <form onSubmit={byCode}>
      <SpaceBetween size="m">
        <Box>{t(step.passkey ? 'login.passkeyText' : 'login.codeText')}</Box>
        {error !== null && (
          <Alert type="error" header={t('login.failed')}>
            {reason(error)}
          </Alert>
        )}
        {step.passkey && (
          <Button variant="primary" formAction="none" loading={busy === 'passkey'} fullWidth onClick={byPasskey}>
            {t('account.passkeys.use')}
          </Button>
        )}
        <FormField label={t(step.codes ? 'login.code' : 'account.passkeys.recoveryCode')} description={t(step.codes ? 'login.codeHint' : 'login.recoveryHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
        <Button variant={step.passkey ? 'normal' : 'primary'} formAction="submit" loading={busy === 'code'} fullWidth>
          {t(step.passkey ? 'login.byCode' : 'login.submit')}
        </Button>
        <Button variant="link" formAction="none" onClick={onBack}>
          {t('login.back')}
        </Button>
      </SpaceBetween>
    </form>
  );
}

/** The first step alone is refused again, with a new challenge. */
async function anotherStep(open: (shown: LocalFactor) => Promise<Session>): Promise<SecondStep> {
  try {
    await open({});
  } catch (refused) {
    const step = secondStep(refused);
    if (step?.passkey) return step;
    throw refused;
  }
  throw new Error('The first step alone was taken.');
}
