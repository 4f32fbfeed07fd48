// Where a role is given to nobody without a second factor, it is set up here, before the first session.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginFactorAtLogIn, confirmFactorAtLogIn, type Credentials, type Seed } from '../../api/session';
import { Failure } from '../../ui/Failure';
import { RecoveryCodeList } from '../account/RecoveryCodeList';
import { ScanSeed } from '../account/ScanSeed';

interface SetUpStepProps {
  credentials: Credentials;
  /** It is set up: now log in with a code. */
  onDone: () => void;
  onBack: () => void;
}

export function SetUpStep({ credentials, onDone, onBack }: SetUpStepProps) {
  const { t } = useTranslation();
  const [seed, setSeed] = useState<Seed | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const begin = async () => {
    setBusy(true);
    setError(null);
    try {
      setSeed(await beginFactorAtLogIn(credentials));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  if (codes) return <RecoveryCodeList codes={codes} onKept={onDone} />;
  if (seed) {
    return <ScanSeed seed={seed} onCode={async (code) => setCodes((await confirmFactorAtLogIn({ ...credentials, code })).recoveryCodes)} />;
  }
  return (
    <SpaceBetween size="m">
      <Box>{t('login.setUpText')}</Box>
      <Failure error={error} header={t('login.failed')} />
      <Button variant="primary" loading={busy} fullWidth onClick={() => void begin()}>
        {t('account.factor.setUp')}
      </Button>
      <Button variant="link" onClick={onBack}>
        {t('login.back')}
      </Button>
    </SpaceBetween>
  );
}
