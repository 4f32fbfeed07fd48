// The dialogs of the router list: make one, lead it outside, plug it into a network, unplug it.
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createRouter, joinSubnet, leaveSubnet, updateRouter, type Router } from '../../api/network';
import { queries } from '../../api/queries';
import { Dialog } from '../../ui/Dialog';
import { useInterfaces } from './interfaces';

interface DialogProps {
  onDone: () => Promise<void>;
  onClose: () => void;
}

type Option = { value: string; label: string; description?: string };

function useGatewayOptions(): Option[] {
  const { t } = useTranslation();
  const networks = useQuery(queries.networks()).data ?? [];
  const external = networks.filter((network) => network['router:external']);
  return [...external.map((network) => ({ value: network.id, label: network.name })), { value: '', label: t('routers.noGateway') }];
}

export function CreateRouter({ onDone, onClose }: DialogProps) {
  const { t } = useTranslation();
  const options = useGatewayOptions();
  const [name, setName] = useState('router-1');
  const [gateway, setGateway] = useState<string | null>(null);
  const selected = options.find((option) => option.value === gateway) ?? options[0] ?? null;
  const wish = { name: name.trim(), ...(selected?.value ? { external_gateway_info: { network_id: selected.value } } : {}) };
  return (
    <Dialog
      title={t('routers.create')}
      submit={t('common.create')}
      disabled={name.trim() === ''}
      onClose={onClose}
      acts={[createRouter.describe(wish)]}
      onSubmit={async () => {
        await createRouter(wish);
        await onDone();
      }}
    >
      <FormField label={t('routers.name')}>
        <Input value={name} onChange={({ detail }) => setName(detail.value)} autoFocus spellcheck={false} />
      </FormField>
      <FormField label={t('routers.gateway')} description={t('routers.gatewayHint')}>
        <Select options={options} selectedOption={selected} onChange={({ detail }) => setGateway(detail.selectedOption.value ?? null)} />
      </FormField>
    </Dialog>
  );
}

export function SetGateway({ router, onDone, onClose }: DialogProps & { router: Router }) {
  const { t } = useTranslation();
  const options = useGatewayOptions();
  const [gateway, setGateway] = useState(router.external_gateway_info?.network_id ?? '');
  const change = { external_gateway_info: gateway ? { network_id: gateway } : null };
  return (
    <Dialog
      title={t('routers.gatewayTitle', { name: router.name })}
      submit={t('common.save')}
      onClose={onClose}
      acts={[updateRouter.describe(router.id, change)]}
      onSubmit={async () => {
        await updateRouter(router.id, change);
        await onDone();
      }}
    >
      <FormField label={t('routers.gateway')} description={t('routers.gatewayHint')}>
        <Select
          options={options}
          selectedOption={options.find((option) => option.value === gateway) ?? null}
          onChange={({ detail }) => setGateway(detail.selectedOption.value ?? '')}
        />
      </FormField>
      {!gateway && <Alert type="warning">{t('routers.gatewayGone')}</Alert>}
    </Dialog>
  );
}

export function JoinNetwork({ router, onDone, onClose }: DialogProps & { router: Router }) {
  const { t } = useTranslation();
  const networks = useQuery(queries.networks()).data ?? [];
  const subnets = useQuery(queries.subnets()).data ?? [];
  const joined = useInterfaces()(router.id).map((each) => each.subnetId);
  const options: Option[] = subnets.flatMap((subnet) => {
    const network = networks.find((each) => each.id === subnet.network_id);
    if (!network || network['router:external'] || joined.includes(subnet.id)) return [];
    return [{ value: subnet.id, label: network.name, description: subnet.cidr }];
  });
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = options.find((option) => option.value === chosen) ?? options[0] ?? null;
  return (
    <Dialog
      title={t('routers.joinTitle', { name: router.name })}
      submit={t('routers.joinSubmit')}
      disabled={selected === null}
      onClose={onClose}
      acts={selected ? [joinSubnet.describe(router.id, selected.value)] : []}
      onSubmit={async () => {
        if (selected) await joinSubnet(router.id, selected.value);
        await onDone();
      }}
    >
      <FormField label={t('routers.subnet')}>
        <Select
          options={options}
          selectedOption={selected}
          onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
          empty={t('routers.nothingToJoin')}
          placeholder={t('common.choose')}
        />
      </FormField>
    </Dialog>
  );
}

export function LeaveNetwork({ router, onDone, onClose }: DialogProps & { router: Router }) {
  const { t } = useTranslation();
  const options: Option[] = useInterfaces()(router.id).map((each) => ({
    value: each.subnetId,
    label: each.networkName,
    description: each.address,
  }));
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = options.find((option) => option.value === chosen) ?? options[0] ?? null;
  return (
    <Dialog
      title={t('routers.leaveTitle', { name: router.name })}
      submit={t('routers.leaveSubmit')}
      disabled={selected === null}
      onClose={onClose}
      acts={selected ? [leaveSubnet.describe(router.id, selected.value)] : []}
      onSubmit={async () => {
        if (selected) await leaveSubnet(router.id, selected.value);
        await onDone();
      }}
    >
      <FormField label={t('routers.subnet')}>
        <Select options={options} selectedOption={selected} onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)} />
      </FormField>
      <Alert type="warning">{t('routers.leaveText')}</Alert>
    </Dialog>
  );
}
