// The form by which anybody gets the newest round once a day.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { subscribe } from '../../api/ledger';
import { useLanguage } from '../../app/language';
import { Failure } from '../../ui/Failure';

export function Subscribe() {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const [email, setEmail] = useState('');
  const [website, setWebsite] = useState('');
  const [state, setState] = useState<{ busy?: boolean; sent?: boolean; error?: unknown }>({});
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      await subscribe(email.trim(), language, website);
      setState({ sent: true });
    } catch (error) {
      setState({ error });
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <SpaceBetween size="s">
        <Header variant="h2" description={t('ledger.subscribe.text')}>
          {t('ledger.subscribe.title')}
        </Header>
        {state.sent ? (
          <Alert type="success">{t('ledger.subscribe.sent')}</Alert>
        ) : (
          <SpaceBetween size="s">
            <FormField label={t('ledger.subscribe.email')}>
              <Input value={email} type="email" inputMode="email" name="email" onChange={({ detail }) => setEmail(detail.value)} />
            </FormField>
            {/* Programs fill in what people do not see. */}
            <div hidden>
              <label>
                {t('ledger.subscribe.website')}
                <input name="website" tabIndex={-1} autoComplete="off" value={website} onChange={(event) => setWebsite(event.target.value)} />
              </label>
            </div>
            <Failure error={state.error} />
            <Button formAction="submit" loading={state.busy ?? false} disabled={!email.includes('@')}>
              {t('ledger.subscribe.send')}
            </Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </form>
  );
}
