// A host is to take no new servers for a time; those that it has stay, or go to other hosts.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginMaintenance, type Host } from '../../api/hosts';
import { useWatchDrain } from '../../app/watch';
import { Dialog } from '../../ui/Dialog';

interface MaintainHostProps {
  host: Host;
  /** Whether the choice to let its servers go is made beforehand. */
  drains?: boolean;
  onClose: () => void;
  /** @param drain whether its servers go */
  onDone: (drain: boolean) => Promise<unknown>;
}

export function MaintainHost({ host, drains = false, onClose, onDone }: MaintainHostProps) {
  const { t } = useTranslation();
  const watchDrain = useWatchDrain();
  const [reason, setReason] = useState(host.maintenanceReason ?? '');
  const [drain, setDrain] = useState(drains);
  return (
    <Dialog
      title={t('hosts.maintainTitle', { name: host.name })}
      submit={t(drain ? 'hosts.drain.begin' : 'hosts.maintain')}
      onClose={onClose}
      acts={[beginMaintenance.describe(host.id, reason, drain)]}
      onSubmit={async () => {
        await beginMaintenance(host.id, reason, drain);
        if (drain) watchDrain(host.id, host.name);
        await onDone(drain);
      }}
    >
      <Box>{t('hosts.maintainText')}</Box>
      <Checkbox checked={drain} disabled={drains} onChange={({ detail }) => setDrain(detail.checked)} description={t('hosts.drain.choiceText')}>
        {t('hosts.drain.choice')}
      </Checkbox>
      {drain && <Alert type="warning">{t('hosts.drain.warning', { servers: host.guests })}</Alert>}
      <FormField label={t('hosts.reason')}>
        <Input value={reason} onChange={({ detail }) => setReason(detail.value.slice(0, 255))} />
      </FormField>
    </Dialog>
  );
}
