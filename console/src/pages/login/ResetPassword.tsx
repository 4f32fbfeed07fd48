// Where the link in the mail leads: a new password is chosen, once.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { setByLink } from '../../api/passwords';
import { RouteLink } from '../../ui/RouteLink';
import { PublicFrame } from '../apply/PublicFrame';
import { ProofFailure } from '../account/ProofFailure';
import { useLinkToken } from './token';

const SHORTEST = 12;

export default function ResetPassword() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const short = [...fresh].length < SHORTEST;
  const different = fresh !== again;
  const lapsed = !token || (error instanceof ApiError && error.code === 'LinkLapsed');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || short || different) return;
    setBusy(true);
    setError(null);
    try {
      await setByLink(token, fresh);
      setDone(true);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PublicFrame title={t('forgotten.resetTitle')}>
      {done && (
        <Alert type="success" header={t('account.password.changed')}>
          {t('account.password.changedText')}
        </Alert>
      )}
      {!done && lapsed && (
        <Alert type="warning" header={t('forgotten.lapsed')}>
          {t('forgotten.lapsedText')} <RouteLink to="/forgot-password">{t('forgotten.askAgain')}</RouteLink>
        </Alert>
      )}
      {!done && !lapsed && (
        <form onSubmit={(event) => void send(event)}>
          <SpaceBetween size="m">
            <FormField
              label={t('account.password.fresh')}
              constraintText={t('account.password.rule')}
              errorText={tried && short ? t('account.refused.ShortPassword') : ''}
            >
              <Input value={fresh} onChange={({ detail }) => setFresh(detail.value)} type="password" autoComplete="new-password" autoFocus />
            </FormField>
            <FormField label={t('account.password.again')} errorText={tried && different ? t('account.password.different') : ''}>
              <Input value={again} onChange={({ detail }) => setAgain(detail.value)} type="password" autoComplete="new-password" />
            </FormField>
            <ProofFailure error={error} />
            <Button variant="primary" formAction="submit" loading={busy} fullWidth>
              {t('forgotten.set')}
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
