// Sets up the second factor: password, picture and first code, recovery codes.
import Box from '@cloudscape-design/components/box';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginFactor, confirmFactor, type SecondFactor } from '../../api/account';
import type { Seed } from '../../api/session';
import { ProofDialog } from './ProofDialog';
import { RecoveryCodeList } from './RecoveryCodeList';
import { ScanSeed } from './ScanSeed';

interface SetUpFactorProps {
  /** How it stands: passkeys are shown before codes are added. */
  factor: SecondFactor;
  onClose: () => void;
  /** It is set up; the codes may still be on the screen. */
  onDone: () => void;
}

export function SetUpFactor({ factor, onClose, onDone }: SetUpFactorProps) {
  const { t } = useTranslation();
  const [seed, setSeed] = useState<Seed | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (!seed) {
    return (
      <ProofDialog
        title={t('account.factor.setUp')}
        submit={t('account.factor.next')}
        onClose={onClose}
        second={factor}
        onSubmit={async (proof) => setSeed(await beginFactor(proof))}
      >
        <Box>{t('account.factor.about')}</Box>
      </ProofDialog>
    );
  }
  const confirm = async (code: string) => {
    const { recoveryCodes } = await confirmFactor(code);
    if (recoveryCodes.length > 0) setCodes(recoveryCodes);
    else onClose(); // those of before are good still
    onDone();
  };
  return (
    <Modal visible header={codes ? t('account.codes.title') : t('account.factor.setUp')} onDismiss={onClose}>
      {codes ? <RecoveryCodeList codes={codes} onKept={onClose} /> : <ScanSeed seed={seed} onCode={confirm} />}
    </Modal>
  );
}
