// The page behind the sealed link to an account's first password: chosen by its owner, or made by the provider and shown once.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { lookAtCredential, openCredential, type OpenedCredential } from '../../api/contract';
import { Failure } from '../../ui/Failure';
import { useFormat } from '../../ui/useFormat';
import { Waiting } from '../../ui/Waiting';
import { PublicFrame } from './PublicFrame';
import { useSecret } from './secret';

const SHORTEST = 12;

export default function Welcome() {
  const { t } = useTranslation();
  const format = useFormat();
  const secret = useSecret();
  const sealed = useQuery({ queryKey: ['sealed', secret], queryFn: () => lookAtCredential(secret), staleTime: Infinity, retry: false });
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [opened, setOpened] = useState<OpenedCredential | null>(null);
  const [error, setError] = useState<unknown>(null);
  if (sealed.isPending) return <Waiting />;
  if (!sealed.data) {
    return (
      <PublicFrame title={t('welcome.title')}>
        <Failure error={sealed.error} header={t('welcome.noLink')} />
      </PublicFrame>
    );
  }
  const { issued, contract, user, expiresAt } = sealed.data;
  const names = (
    <KeyValuePairs
      columns={2}
      items={[
        { label: t('login.domain'), value: contract },
        { label: t('login.user'), value: user },
      ]}
    />
  );
  const short = password.length < SHORTEST && t('welcome.short', { length: SHORTEST });
  const differs = password !== again && t('welcome.differs');
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || (!issued && (short || differs))) return;
    setBusy(true);
    setError(null);
    try {
      setOpened(await openCredential(secret, issued ? undefined : password));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  if (opened) {
    return (
      <PublicFrame title={t('welcome.title')}>
        <SpaceBetween size="m">
          {names}
          {opened.password === null ? (
            <Alert type="success">{t('welcome.set')}</Alert>
          ) : (
            <SpaceBetween size="m">
              <Alert type="warning">{t('welcome.once')}</Alert>
              <FormField label={t('login.password')} stretch>
                <div className="shown-once">
                  <code>{opened.password}</code>
                  <CopyToClipboard
                    variant="icon"
                    copyButtonAriaLabel={t('common.copy', { what: t('login.password') })}
                    copySuccessText={t('common.copied')}
                    copyErrorText={t('common.copyFailed')}
                    textToCopy={opened.password}
                  />
                </div>
              </FormField>
            </SpaceBetween>
          )}
          <Button variant="primary" href="/" fullWidth>
            {t('apply.toLogIn')}
          </Button>
        </SpaceBetween>
      </PublicFrame>
    );
  }
  return (
    <PublicFrame title={t('welcome.title')} description={t('welcome.until', { time: format.time(expiresAt) })}>
      <form onSubmit={(event) => void send(event)}>
        <SpaceBetween size="m">
          {names}
          <Box>{t(issued ? 'welcome.issuedText' : 'welcome.ownText')}</Box>
          {!issued && (
            <SpaceBetween size="m">
              <FormField label={t('login.password')} description={t('welcome.short', { length: SHORTEST })} errorText={(tried && short) || ''} stretch>
                <Input value={password} onChange={({ detail }) => setPassword(detail.value)} type="password" autoComplete="new-password" />
              </FormField>
              <FormField label={t('welcome.again')} errorText={(tried && differs) || ''} stretch>
                <Input value={again} onChange={({ detail }) => setAgain(detail.value)} type="password" autoComplete="new-password" />
              </FormField>
            </SpaceBetween>
          )}
          <Failure error={error} header={t('welcome.failed')} />
          <Button variant="primary" formAction="submit" loading={busy} fullWidth>
            {t(issued ? 'welcome.show' : 'welcome.setIt')}
          </Button>
        </SpaceBetween>
      </form>
    </PublicFrame>
  );
}
