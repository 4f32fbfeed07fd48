// Puts right what was written down of a request; what stood there before stays among its steps.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { correctDisclosure, type Disclosure } from '../../api/evidence';
import { Dialog } from '../../ui/Dialog';
import { dayOf, within } from './days';
import { isWhole, RequestFields, type RequestDraft } from './RequestFields';

const draftOf = ({ requester, theirNumber, legalBasis, project, channel, receivedAt, scope }: Disclosure): RequestDraft => ({
  requester,
  theirNumber,
  legalBasis,
  project,
  channel,
  day: dayOf(receivedAt),
  scope,
});

export function CorrectDisclosure({ of, onClose, onDone }: { of: Disclosure; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(of));
  const [reason, setReason] = useState('');
  const settled = of.state !== 'received';
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(of));
  const wish = () => {
    const { day, ...asked } = draft;
    // The hour at which it came is nothing that this form knows: it stays unless the day is another.
    const receivedAt = day === dayOf(of.receivedAt) ? of.receivedAt : within(day, new Date());
    return { ...asked, receivedAt, from: of.from ?? null, to: of.to ?? null, reason: reason.trim() };
  };
  return (
    <Dialog
      title={t('evidence.disclosures.steps.correct')}
      submit={t('evidence.disclosures.steps.correct')}
      disabled={!isWhole(draft) || !changed || !reason.trim()}
      size="large"
      onClose={onClose}
      acts={isWhole(draft) ? [correctDisclosure.describe(of.id, wish())] : []}
      onSubmit={async () => {
        await correctDisclosure(of.id, wish());
        onDone();
      }}
    >
      <Box>{t(settled ? 'evidence.disclosures.correctSettled' : 'evidence.disclosures.correctText')}</Box>
      <RequestFields draft={draft} settled={settled} onChange={setDraft} />
      <FormField label={t('evidence.disclosures.correctReason')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 1000))} name="disclosure-correction" rows={2} />
      </FormField>
    </Dialog>
  );
}
