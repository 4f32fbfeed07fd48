// Who has forgotten his password asks for a link. What is shown afterwards is the same for everybody.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { askReset } from '../../api/passwords';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { PublicFrame } from '../apply/PublicFrame';
import { useKept } from '../../ui/useKept';

export default function ForgotPassword() {
  const { t } = useTranslation();
  const [kept] = useKept('login', { domain: '', user: '' });
  const [domain, setDomain] = useState(kept.domain);
  const [user, setUser] = useState(kept.user);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(!domain.trim() || !user.trim());
    if (busy || !domain.trim() || !user.trim()) return;
    setBusy(true);
    setError(null);
    try {
      await askReset(domain.trim(), user.trim());
      setAsked(true);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  const need = (value: string) => (missing && !value.trim() ? t('login.required') : '');
  return (
    <PublicFrame title={t('forgotten.title')}>
      {asked ? (
        <Alert type="success" header={t('forgotten.asked')}>
          {t('forgotten.askedText')}
        </Alert>
      ) : (
        <form onSubmit={(event) => void send(event)}>
          <SpaceBetween size="m">
            <Box>{t('forgotten.text')}</Box>
            <Failure error={error} />
            <FormField label={t('login.domain')} description={t('login.domainHint')} errorText={need(domain)}>
              <Input value={domain} onChange={({ detail }) => setDomain(detail.value)} name="organization" autoComplete="organization" spellcheck={false} />
            </FormField>
            <FormField label={t('login.user')} errorText={need(user)}>
              <Input value={user} onChange={({ detail }) => setUser(detail.value)} name="username" autoComplete="username" spellcheck={false} />
            </FormField>
            <Button variant="primary" formAction="submit" loading={busy} fullWidth>
              {t('forgotten.send')}
            </Button>
          </SpaceBetween>
        </form>
      )}
      <Box textAlign="center">
        <RouteLink to="/">{t('forgotten.toLogIn')}</RouteLink>
      </Box>
    </PublicFrame>
  );
}
