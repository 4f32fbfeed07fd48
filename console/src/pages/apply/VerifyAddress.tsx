// The page behind the link of the first mail. Only its button confirms: programs that follow links in mails confirm nothing.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { verifyAddress } from '../../api/contract';
import { Failure } from '../../ui/Failure';
import { PublicFrame } from './PublicFrame';
import { useSecret } from './secret';

export default function VerifyAddress() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const secret = useSecret();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      void navigate(`/application#${(await verifyAddress(secret)).token}`, { replace: true });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <PublicFrame title={t('apply.verify')}>
      <SpaceBetween size="m">
        <Box>{t('apply.verifyText')}</Box>
        <Failure error={error} header={t('apply.verifyFailed')} />
        {error ? (
          <Button href="/apply" fullWidth>
            {t('apply.again')}
          </Button>
        ) : (
          <Button variant="primary" loading={busy} fullWidth onClick={() => void confirm()}>
            {t('apply.confirm')}
          </Button>
        )}
      </SpaceBetween>
    </PublicFrame>
  );
}
