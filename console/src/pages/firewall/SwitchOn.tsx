// Has the packets of all the project's security groups noted from now on.
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind, type Bound } from '../../api/act';
import { createFirewallLog, switchFirewallLog, type FirewallLog } from '../../api/firewall';
import { Dialog } from '../../ui/Dialog';

const EVENTS = ['DROP', 'ALL', 'ACCEPT'] as const;

export function SwitchOn({ logs, onClose }: { logs: FirewallLog[]; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [event, setEvent] = useState<FirewallLog['event']>('DROP');
  // One that was switched off before is used again, so that they do not pile up.
  const present = logs.find((log) => log.event === event && !log.resource_id && !log.target_id);
  const { act, perform }: Bound = present ? bind(switchFirewallLog, present.id, true) : bind(createFirewallLog, { name: 'console', event });
  return (
    <Dialog
      title={t('firewall.switchOn')}
      submit={t('firewall.switchOn')}
      onClose={onClose}
      acts={[act]}
      onSubmit={async () => {
        await perform();
        await client.invalidateQueries({ queryKey: ['firewallLogs'] });
        onClose();
      }}
    >
      <FormField label={t('firewall.what')} description={t('firewall.whatHint')}>
        <RadioGroup
          value={event}
          onChange={({ detail }) => setEvent(detail.value as FirewallLog['event'])}
          items={EVENTS.map((value) => ({ value, label: t(`firewall.events.${value}`) }))}
        />
      </FormField>
    </Dialog>
  );
}
