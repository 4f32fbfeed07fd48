// Where the sealed link leads: the issued password is shown, once.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/http';
import { openIssued } from '../../api/passwords';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { PublicFrame } from '../apply/PublicFrame';
import { useLinkToken } from './token';

export default function OpenPassword() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const [password, setPassword] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const lapsed = !token || (error instanceof ApiError && error.code === 'LinkLapsed');
  const open = async () => {
    setBusy(true);
    setError(null);
    try {
      setPassword(await openIssued(token));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PublicFrame title={t('issued.title')}>
      {lapsed && (
        <Alert type="warning" header={t('issued.lapsed')}>
          {t('issued.lapsedText')}
        </Alert>
      )}
      {!lapsed && password === null && (
        <SpaceBetween size="m">
          <Box>{t('issued.text')}</Box>
          <Failure error={error} />
          <Button variant="primary" loading={busy} fullWidth onClick={() => void open()}>
            {t('issued.open')}
          </Button>
        </SpaceBetween>
      )}
      {password !== null && (
        <SpaceBetween size="m">
          <Alert type="warning">{t('issued.once')}</Alert>
          <CopyToClipboard
            variant="inline"
            textToCopy={password}
            copyButtonAriaLabel={t('common.copy', { what: t('login.password') })}
            copySuccessText={t('common.copied')}
            copyErrorText={t('common.copyFailed')}
          />
        </SpaceBetween>
      )}
      <Box textAlign="center">
        <RouteLink to="/">{t('forgotten.toLogIn')}</RouteLink>
      </Box>
    </PublicFrame>
  );
}
