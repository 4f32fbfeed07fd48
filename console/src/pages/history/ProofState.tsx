// Whether an event is sealed, and what that means.
import Popover from '@cloudscape-design/components/popover';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';

export function ProofState({ sealed }: { sealed: boolean | null }) {
  const { t } = useTranslation();
  if (sealed === null) return '–';
  return (
    <Popover dismissAriaLabel={t('common.close')} header={t(sealed ? 'ledger.sealed' : 'ledger.sealing')} content={t(sealed ? 'ledger.sealedText' : 'ledger.sealingText')}>
      <StatusIndicator type={sealed ? 'success' : 'in-progress'}>{t(sealed ? 'ledger.sealed' : 'ledger.sealing')}</StatusIndicator>
    </Popover>
  );
}
