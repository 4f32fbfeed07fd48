// Writes a request down as it came in.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { recordDisclosure } from '../../api/evidence';
import { Dialog } from '../../ui/Dialog';
import { within } from './days';
import { MayTell } from './MayTell';
import { isWhole, RequestFields, type RequestDraft } from './RequestFields';

const BLANK: RequestDraft = { requester: '', theirNumber: '', legalBasis: '', project: '', channel: 'letter', day: '', scope: '' };

export function RecordDisclosure({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(BLANK);
  const [mayTell, setMayTell] = useState<string | null>(null);
  const wish = () => {
    const { day, ...asked } = draft;
    return { ...asked, receivedAt: within(day, new Date()), mayTell: mayTell === 'yes' };
  };
  return (
    <Dialog
      title={t('evidence.disclosures.record')}
      submit={t('evidence.disclosures.record')}
      disabled={!isWhole(draft) || !mayTell}
      size="large"
      onClose={onClose}
      acts={isWhole(draft) && mayTell ? [recordDisclosure.describe(wish())] : []}
      onSubmit={async () => {
        await recordDisclosure(wish());
        onClose();
        onDone();
      }}
    >
      <RequestFields draft={draft} onChange={setDraft} />
      <MayTell value={mayTell} onChange={setMayTell} />
    </Dialog>
  );
}
