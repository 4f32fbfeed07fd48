// Signs that a third person has looked at what was done.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reviewAccess, type BreakGlassCase } from '../../api/breakGlass';
import { Dialog } from '../../ui/Dialog';
import { useSubject } from './useSubject';

export function ReviewAccess({ of, onClose, onDone }: { of: BreakGlassCase; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const subject = useSubject();
  const [note, setNote] = useState('');
  return (
    <Dialog
      title={t('breakGlass.steps.review')}
      submit={t('breakGlass.sign')}
      disabled={!note.trim()}
      onClose={onClose}
      acts={[reviewAccess.describe(of.id, note.trim())]}
      onSubmit={async () => {
        await reviewAccess(of.id, note.trim());
        onClose();
        onDone();
      }}
    >
      <Box>{t('breakGlass.stepText.review', { name: of.requestedBy.name, subject: subject(of) })}</Box>
      <Box>{t('breakGlass.because', { reason: of.reason, ticket: of.ticket })}</Box>
      <FormField label={t('breakGlass.note')}>
        <Textarea value={note} onChange={({ detail }) => setNote(detail.value.slice(0, 500))} name="break-glass-note" rows={3} autoFocus />
      </FormField>
    </Dialog>
  );
}
