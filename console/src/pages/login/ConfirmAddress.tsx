// Where the link in the mail to a new address leads. A button confirms: programs that open links in mails do not press it.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirmAddress } from '../../api/account';
import { ApiError } from '../../api/http';
import { Failure } from '../../ui/Failure';
import { RouteLink } from '../../ui/RouteLink';
import { PublicFrame } from '../apply/PublicFrame';
import { useLinkToken } from './token';

export default function ConfirmAddress() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const lapsed = !token || (error instanceof ApiError && error.code === 'LinkLapsed');
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      await confirmAddress(token);
      setDone(true);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <PublicFrame title={t('confirmAddress.title')}>
      {done && (
        <Alert type="success" header={t('confirmAddress.done')}>
          {t('confirmAddress.doneText')}
        </Alert>
      )}
      {!done && lapsed && (
        <Alert type="warning" header={t('confirmAddress.lapsed')}>
          {t('confirmAddress.lapsedText')}
        </Alert>
      )}
      {!done && !lapsed && (
        <SpaceBetween size="m">
          <Box>{t('confirmAddress.text')}</Box>
          <Failure error={error} />
          <Button variant="primary" loading={busy} fullWidth onClick={() => void confirm()}>
            {t('confirmAddress.confirm')}
          </Button>
        </SpaceBetween>
      )}
      <Box textAlign="center">
        <RouteLink to="/account">{t('confirmAddress.toAccount')}</RouteLink>
      </Box>
    </PublicFrame>
  );
}
