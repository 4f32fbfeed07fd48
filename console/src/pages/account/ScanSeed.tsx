// Brings a secret into an authenticator app: as a picture, as text, and back as the first code.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Seed } from '../../api/session';
import { CodeInput } from './CodeInput';
import { ProofFailure } from './ProofFailure';

interface ScanSeedProps {
  seed: Seed;
  /** Sends the code that the app shows. */
  onCode: (code: string) => Promise<unknown>;
}

/** "ABCDEFGH" → "ABCD EFGH" */
export const inGroups = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

export function ScanSeed({ seed, onCode }: ScanSeedProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || !code.trim()) return;
    setBusy(true);
    setError(null);
    try {
      await onCode(code);
    } catch (refused) {
      setCode('');
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <SpaceBetween size="m">
        <Box>{t('account.factor.scan')}</Box>
        <Box textAlign="center">
          <img className="qr-code" src={`data:image/svg+xml,${encodeURIComponent(seed.picture)}`} alt={t('account.factor.picture')} width={200} height={200} />
        </Box>
        <ExpandableSection headerText={t('account.factor.byHand')}>
          <SpaceBetween size="xs">
            <Box>{t('account.factor.byHandText')}</Box>
            <CopyToClipboard
              variant="inline"
              textToDisplay={inGroups(seed.secret)}
              textToCopy={seed.secret}
              copyButtonAriaLabel={t('common.copy', { what: t('account.factor.secret') })}
              copySuccessText={t('common.copied')}
              copyErrorText={t('common.copyFailed')}
            />
            <Box fontSize="body-s" color="text-body-secondary">
              <span style={{ wordBreak: 'break-all' }}>{seed.uri}</span>
            </Box>
          </SpaceBetween>
        </ExpandableSection>
        <FormField label={t('account.factor.firstCode')} description={t('account.factor.firstCodeHint')}>
          <CodeInput value={code} onChange={setCode} />
        </FormField>
        <ProofFailure error={error} />
        <Button variant="primary" formAction="submit" loading={busy}>
          {t('account.factor.confirm')}
        </Button>
      </SpaceBetween>
    </form>
  );
}
