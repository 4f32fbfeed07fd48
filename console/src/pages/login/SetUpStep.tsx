// Where a role is given to nobody without a second factor, it is set up here, before the first session: an app's codes or a passkey.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makePasskey, passkeysSupported } from '../../api/passkeys';
import {
  beginFactorAtLogIn,
  beginPasskeyAtLogIn,
  confirmFactorAtLogIn,
  registerPasskeyAtLogIn,
  type Credentials,
  type Seed,
} from '../../api/session';
import { ProofFailure } from '../account/ProofFailure';
import { RecoveryCodeList } from '../account/RecoveryCodeList';
import { ScanSeed } from '../account/ScanSeed';

interface SetUpStepProps {
  credentials: Credentials;
  /** It is set up: now log in with it. */
  onDone: () => void;
  onBack: () => void;
}

export function SetUpStep({ credentials, onDone, onBack }: SetUpStepProps) {
  const { t } = useTranslation();
  const [seed, setSeed] = useState<Seed | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [busy, setBusy] = useState<'app' | 'passkey' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const working = async (way: 'app' | 'passkey', work: () => Promise<void>) => {
    setBusy(way);
    setError(null);
    try {
      await work();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(null);
    }
  };
  const byApp = () => void working('app', async () => setSeed(await beginFactorAtLogIn(credentials)));
  const byPasskey = () =>
    void working('passkey', async () => {
      const credential = await makePasskey((await beginPasskeyAtLogIn(credentials)).publicKey);
      setCodes((await registerPasskeyAtLogIn(credentials, t('account.passkeys.first'), credential)).recoveryCodes);
    });
  if (codes) return <RecoveryCodeList codes={codes} onKept={onDone} />;
  if (seed) {
    return <ScanSeed seed={seed} onCode={async (code) => setCodes((await confirmFactorAtLogIn({ ...credentials, code })).recoveryCodes)} />;
  }
  return (
    <SpaceBetween size="m">
      <Box>{t('login.setUpText')}</Box>
      <ProofFailure error={error} />
      <Button variant="primary" loading={busy === 'app'} disabled={busy === 'passkey'} fullWidth onClick={byApp}>
        {t('account.factor.setUp')}
      </Button>
      {passkeysSupported() && (
        <Button loading={busy === 'passkey'} disabled={busy === 'app'} fullWidth onClick={byPasskey}>
          {t('account.passkeys.add')}
        </Button>
      )}
      <Button variant="link" onClick={onBack}>
        {t('login.back')}
      </Button>
    </SpaceBetween>
  );
}
