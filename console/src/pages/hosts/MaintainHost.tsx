// A host is to take no new servers for a time.
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginMaintenance, type Host } from '../../api/hosts';
import { Dialog } from '../../ui/Dialog';

interface MaintainHostProps {
  host: Host;
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

export function MaintainHost({ host, onClose, onDone }: MaintainHostProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      title={t('hosts.maintainTitle', { name: host.name })}
      submit={t('hosts.maintain')}
      onClose={onClose}
      onSubmit={async () => {
        await beginMaintenance(host.id, reason);
        await onDone();
        onClose();
      }}
    >
      <Box>{t('hosts.maintainText')}</Box>
      <FormField label={t('hosts.reason')}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 255))} />
      </FormField>
    </Dialog>
  );
}
