// The password is right and has ended: its owner chooses another one, and logs in with it.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { setByLink } from '../../api/passwords';
import { ProofFailure } from '../account/ProofFailure';

const SHORTEST = 12;

interface ExpiredStepProps {
  /** The secret that came with the refusal. */
  link: string;
  onChosen: (password: string) => void;
  onBack: () => void;
}

export function ExpiredStep({ link, onChosen, onBack }: ExpiredStepProps) {
  const { t } = useTranslation();
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const short = [...fresh].length < SHORTEST;
  const different = fresh !== again;
  const lapsed = error instanceof ApiError && error.code === 'LinkLapsed';
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || short || different) return;
    setBusy(true);
    setError(null);
    try {
      await setByLink(link, fresh);
      onChosen(fresh);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <SpaceBetween size="m">
        <Alert type="info" header={t('login.expired')}>
          {t('login.expiredText')}
        </Alert>
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
        {lapsed ? <Alert type="error">{t('login.expiredLate')}</Alert> : <ProofFailure error={error} />}
        <Button variant="primary" formAction="submit" loading={busy} fullWidth>
          {t('login.setAndLogIn')}
        </Button>
        <Button variant="link" formAction="none" onClick={onBack}>
          {t('login.back')}
        </Button>
      </SpaceBetween>
    </form>
  );
}
