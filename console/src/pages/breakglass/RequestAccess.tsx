// Asks for access to a customer's project.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestAccess } from '../../api/breakGlass';
import { Dialog } from '../../ui/Dialog';

export function RequestAccess({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [project, setProject] = useState('');
  const [ticket, setTicket] = useState('');
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState('60');
  const fits = /^\d+$/.test(minutes) && Number(minutes) >= 5 && Number(minutes) <= 480;
  return (
    <Dialog
      title={t('breakGlass.ask')}
      submit={t('breakGlass.ask')}
      disabled={!project.trim() || !ticket.trim() || !reason.trim() || !fits}
      onClose={onClose}
      onSubmit={async () => {
        await requestAccess({ project: project.trim(), ticket: ticket.trim(), reason: reason.trim(), minutes: Number(minutes) });
        onClose();
        onDone();
      }}
    >
      <Box>{t('breakGlass.askText')}</Box>
      <FormField label={t('breakGlass.project')} description={t('breakGlass.projectHint')}>
        <Input value={project} onChange={({ detail }) => setProject(detail.value)} name="break-glass-project" spellcheck={false} autoFocus />
      </FormField>
      <FormField label={t('breakGlass.ticket')}>
        <Input value={ticket} onChange={({ detail }) => setTicket(detail.value.slice(0, 64))} name="break-glass-ticket" spellcheck={false} />
      </FormField>
      <FormField label={t('breakGlass.reason')} description={t('breakGlass.reasonHint')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 500))} name="break-glass-reason" rows={3} />
      </FormField>
      <FormField label={t('breakGlass.duration')} description={t('breakGlass.durationHint')} errorText={fits ? '' : t('breakGlass.durationHint')}>
        <Input value={minutes} onChange={({ detail }) => setMinutes(detail.value)} name="break-glass-minutes" inputMode="numeric" />
      </FormField>
    </Dialog>
  );
}
