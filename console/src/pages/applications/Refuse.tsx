// Refuses an application, with a reason that the applicant reads.
import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { refuseApplication, type Application } from '../../api/contract';
import { Dialog } from '../../ui/Dialog';

interface RefuseProps {
  id: string;
  application: Application;
  onDecided: (application: Application) => Promise<void>;
  onClose: () => void;
}

export function Refuse({ id, application, onDecided, onClose }: RefuseProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('application.refuseTitle', { number: application.number })}
      submit={t('application.refuse')}
      disabled={!reason.trim()}
      onClose={onClose}
      acts={[refuseApplication.describe(id, reason.trim())]}
      onSubmit={async () => onDecided(await refuseApplication(id, reason.trim()))}
    >
      <FormField label={t('application.reason')} description={t('application.reasonHint', { email: application.email })} stretch>
        <Textarea value={reason} onChange={({ detail }) => setReason(detail.value)} rows={5} autoFocus />
      </FormField>
    </Dialog>
  );
}
