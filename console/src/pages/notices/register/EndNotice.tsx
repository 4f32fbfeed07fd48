// Takes a notice away from its readers before its time.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endNotice, type Notice } from '../../../api/notices';
import { Dialog } from '../../../ui/Dialog';

export function EndNotice({ notice, onClose, onDone }: { notice: Notice; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('noticeRegister.endOf', { reference: notice.reference })}
      submit={t('noticeRegister.end')}
      disabled={!reason.trim()}
      acts={[endNotice.describe(notice.id, reason.trim())]}
      onClose={onClose}
      onSubmit={async () => {
        await endNotice(notice.id, reason.trim());
        onClose();
        onDone();
      }}
    >
      <FormField label={t('noticeRegister.reason')} description={t('noticeRegister.endText')}>
        <Textarea value={reason} rows={2} name="notice-end-reason" onChange={({ detail }) => setReason(detail.value.slice(0, 1_000))} />
      </FormField>
    </Dialog>
  );
}
