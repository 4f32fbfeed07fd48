// Domain, user and password, then a code where the account has a second factor; remembers domain and user (never the password) for the next time.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { expiredLink, openSession, secondStep, type SecondStep, type Session } from '../../api/session';
import type { LocalFactor } from '../../api/signIn';
import { failureText } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { useKept } from '../../ui/useKept';
import { CodeStep } from './CodeStep';
import { ExpiredStep } from './ExpiredStep';
import { ProviderEntry } from './ProviderEntry';
import { SetUpStep } from './SetUpStep';

interface LogInFormProps {
  onEntered: (session: Session) => void;
  /** Who logs in again; then only the password is asked for. */
  known?: { domain: string; user: string };
}

export function LogInForm({ onEntered, known }: LogInFormProps) {
  const { t } = useTranslation();
  const [kept, keep] = useKept('login', { domain: '', user: '' });
  const [domain, setDomain] = useState(known?.domain ?? kept.domain);
  const [user, setUser] = useState(known?.user ?? kept.user);
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [step, setStep] = useState<'password' | 'set-up' | SecondStep | { link: string }>('password');
  const credentials = { domain: domain.trim(), user: user.trim(), password };

  const entered = (session: Session) => {
    keep({ domain: credentials.domain, user: credentials.user });
    onEntered(session);
  };

  const send = async (event?: FormEvent, chosen = password) => {
    event?.preventDefault();
    if (busy) return;
    setError(null);
    if (!domain.trim() || !user.trim() || !chosen) {
      setMissing(true);
      return;
    }
    setBusy(true);
    try {
      entered(await openSession({ ...credentials, password: chosen }));
    } catch (refused) {
      // What comes after a right password that is not enough.
      const unset = refused instanceof ApiError && refused.code === 'SecondFactorNotSetUp';
      const link = expiredLink(refused);
      const next = unset ? 'set-up' : link ? { link } : secondStep(refused);
      if (!next) {
        setPassword('');
        setError(refused);
      }
      setStep(next ?? 'password');
    } finally {
      setBusy(false);
    }
  };
  const back = () => {
    setPassword('');
    setStep('password');
  };
  if (step === 'set-up') return <SetUpStep credentials={credentials} onDone={() => void send()} onBack={back} />;
  if (typeof step === 'object' && 'link' in step) {
    const chosen = (fresh: string) => {
      setPassword(fresh);
      void send(undefined, fresh);
    };
    return <ExpiredStep link={step.link} onChosen={chosen} onBack={back} />;
  }
  if (step !== 'password') {
    const open = (shown: LocalFactor) => openSession({ ...credentials, ...shown });
    return <CodeStep open={open} step={step} onEntered={entered} onExpired={(link) => setStep({ link })} onBack={back} />;
  }
  const need = (value: string) => (missing && !value.trim() ? t('login.required') : '');
  return (
    <form onSubmit={(event) => void send(event)}>
      <SpaceBetween size="m">
        {error !== null && (
          <Alert type="error" header={t('login.failed')}>
            {error instanceof ApiError && error.code === 'IssuedPasswordExpired' ? t('login.issuedExpired') : error instanceof ApiError && error.status === 401 ? error.message || t('login.wrong') : failureText(t, error)}
          </Alert>
        )}
        <FormField label={t('login.domain')} description={t('login.domainHint')} errorText={need(domain)}>
          <Input
            value={domain}
            onChange={({ detail }) => setDomain(detail.value)}
            name="organization"
            autoComplete="organization"
            spellcheck={false}
            disabled={known !== undefined}
            autoFocus={!domain}
          />
        </FormField>
        <FormField label={t('login.user')} errorText={need(user)}>
          <Input
            value={user}
            onChange={({ detail }) => setUser(detail.value)}
            name="username"
            autoComplete="username"
            spellcheck={false}
            disabled={known !== undefined}
          />
        </FormField>
        <FormField label={t('login.password')} errorText={need(password)}>
          <Input
            value={password}
            onChange={({ detail }) => setPassword(detail.value)}
            type="password"
            name="password"
            autoComplete="current-password"
            autoFocus={domain !== ''}
          />
        </FormField>
        <Button variant="primary" formAction="submit" loading={busy} fullWidth>
          {t('login.submit')}
        </Button>
        <ProviderEntry />
        {!known && (
          <Box textAlign="center">
            <RouteLink to="/forgot-password">{t('forgotten.link')}</RouteLink>
          </Box>
        )}
      </SpaceBetween>
    </form>
  );
}
