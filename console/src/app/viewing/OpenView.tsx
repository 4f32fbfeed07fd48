// Asks whose project to look at, why, and for how long; then the console is loaded again as that customer sees it.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LONGEST_REASON } from '../../api/http';
import { openView } from '../../api/session';
import { Dialog } from '../../ui/Dialog';
import { beginAnew } from './leaveView';

const SHORTEST = 5;
const LONGEST = 30;

/** A project's id: 32 hexadecimal digits, perhaps with hyphens as a UUID has them. */
const isProject = (text: string) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text);

export function OpenView({ contract = '', onClose }: { contract?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [customer, setCustomer] = useState(contract);
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(String(LONGEST));
  const fits = /^\d+$/.test(minutes) && Number(minutes) >= SHORTEST && Number(minutes) <= LONGEST;
  const whose = customer.trim();
  return (
    <Dialog
      title={t('viewing.open')}
      submit={t('viewing.begin')}
      disabled={!whose || !reason.trim() || !fits}
      onClose={onClose}
      onSubmit={async () => {
        await openView({ ...(isProject(whose) ? { project: whose } : { contract: whose }), reason: reason.trim(), minutes: Number(minutes) });
        beginAnew();
      }}
    >
      <Alert type="info">{t('viewing.text')}</Alert>
      <FormField label={t('viewing.customer')}>
        <Input value={customer} onChange={({ detail }) => setCustomer(detail.value)} name="viewing-customer" spellcheck={false} autoFocus={!contract} />
      </FormField>
      <FormField label={t('breakGlass.reason')} description={t('breakGlass.reasonHint')}>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, LONGEST_REASON))} name="viewing-reason" rows={3} autoFocus={contract !== ''} />
      </FormField>
      <FormField label={t('breakGlass.duration')} description={t('viewing.durationHint')} errorText={fits ? '' : t('viewing.durationHint')}>
        <Input value={minutes} onChange={({ detail }) => setMinutes(detail.value)} name="viewing-minutes" inputMode="numeric" />
      </FormField>
    </Dialog>
  );
}
