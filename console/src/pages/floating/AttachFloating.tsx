// Leads a floating address to a port: one that is free, or a new one.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bind, type Bound } from '../../api/act';
import { allocateFloatingAddress, bindFloatingAddress } from '../../api/network';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';

const NEW = 'new:';

export function AttachFloating({ portId, onClose }: { portId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const networks = useQuery(queries.networks()).data ?? [];
  const addresses = useQuery(queries.floatingAddresses()).data ?? [];
  const free = addresses.filter((address) => address.port_id === null);
  const external = networks.filter((network) => network['router:external']);
  const options = [
    ...free.map((address) => ({ value: address.id, label: address.floating_ip_address })),
    ...external.map((network) => ({ value: NEW + network.id, label: t('floating.newFrom', { network: network.name }) })),
  ];
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = options.find((option) => option.value === chosen) ?? options[0] ?? null;
  const work: Bound | null =
    selected &&
    (selected.value.startsWith(NEW)
      ? bind(allocateFloatingAddress, selected.value.slice(NEW.length), portId)
      : bind(bindFloatingAddress, selected.value, portId));
  return (
    <Dialog
      title={t('floating.attach')}
      submit={t('floating.attachSubmit')}
      disabled={selected === null}
      onClose={onClose}
      acts={work ? [work.act] : []}
      onSubmit={async () => {
        await work?.perform();
        await Promise.all(['floatingAddresses', 'servers'].map((key) => client.invalidateQueries({ queryKey: [key] })));
        onClose();
      }}
    >
      <FormField label={t('floating.address')} description={t('floating.attachText')}>
        <Select options={options} selectedOption={selected} onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)} />
      </FormField>
      <Alert type="info">{t('floating.rulesHint')}</Alert>
    </Dialog>
  );
}
