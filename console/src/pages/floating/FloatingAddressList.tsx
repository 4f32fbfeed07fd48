// The project's floating addresses: allocate, lead to a server, take away, release.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bindFloatingAddress, allocateFloatingAddress, releaseFloatingAddress, type FloatingAddress, type Port } from '../../api/network';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Dialog } from '../../ui/Dialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { RouteLink } from '../../ui/RouteLink';
import { StateSign } from '../networks/StateSign';

type Open = 'allocate' | 'attach' | 'detach' | 'release';

export default function FloatingAddressList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.floatingAddresses') });
  const client = useQueryClient();
  const addresses = useQuery(queries.floatingAddresses());
  const columns = useColumns();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<Open | null>(null);
  const chosen = (addresses.data ?? []).filter((address) => selected.includes(address.id));
  const only = chosen.length === 1 ? chosen[0] : undefined;
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    setSelected(id ? [id] : []);
    if (ask !== 'show') setOpen(ask as Open);
  }, addresses.isSuccess);
  const refresh = () => Promise.all(['floatingAddresses', 'servers'].map((key) => client.invalidateQueries({ queryKey: [key] })));
  const done = async () => {
    await refresh();
    close();
  };
  return (
    <>
      <ResourceTable<FloatingAddress>
        id="floating"
        title={t('nav.floatingAddresses')}
        description={t('floating.text')}
        items={addresses.data}
        error={addresses.error}
        refreshing={false}
        onRefresh={() => void addresses.refetch()}
        columns={columns}
        trackBy={(address) => address.id}
        historyOf={(address) => address.id}
        label={(address) => address.floating_ip_address}
        selected={chosen}
        onSelect={(items) => setSelected(items.map((item) => item.id))}
        change="network:floatingip:create"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!only || only.port_id !== null} onClick={() => setOpen('attach')}>
              {t('floating.toServer')}
            </Button>
            <Button disabled={!only || only.port_id === null} onClick={() => setOpen('detach')}>
              {t('floating.detach')}
            </Button>
            <Button disabled={chosen.length === 0} onClick={() => setOpen('release')}>
              {t('floating.release')}
            </Button>
            <Button variant="primary" onClick={() => setOpen('allocate')}>
              {t('floating.allocate')}
            </Button>
          </SpaceBetween>
        }
        empty={{
          title: t('floating.empty.title'),
          text: t('floating.empty.text'),
          action: <Button onClick={() => setOpen('allocate')}>{t('floating.allocate')}</Button>,
        }}
      />
      {open === 'allocate' && <Allocate onDone={done} onClose={close} />}
      {open === 'attach' && only && <ToServer address={only} onDone={done} onClose={close} />}
      {open === 'detach' && only && (
        <Dialog
          title={t('floating.detachTitle', { address: only.floating_ip_address })}
          submit={t('floating.detach')}
          onClose={close}
          acts={[bindFloatingAddress.describe(only.id, null)]}
          onSubmit={async () => {
            await bindFloatingAddress(only.id, null);
            await done();
          }}
        >
          <Box>{t('floating.detachText')}</Box>
        </Dialog>
      )}
      {open === 'release' && (
        <DeleteDialog
          title={t('floating.releaseTitle')}
          warning={t('floating.releaseText')}
          items={chosen}
          idOf={(address) => address.id}
          nameOf={(address) => address.floating_ip_address}
          submit={t('floating.release')}
          typed
          onClose={close}
          acts={chosen.map((address) => releaseFloatingAddress.describe(address.id))}
          remove={(address) => releaseFloatingAddress(address.id)}
          onGone={refresh}
        />
      )}
    </>
  );
}

interface StepProps {
  onDone: () => Promise<void>;
  onClose: () => void;
}

function Allocate({ onDone, onClose }: StepProps) {
  const { t } = useTranslation();
  const external = (useQuery(queries.networks()).data ?? []).filter((network) => network['router:external']);
  const options = external.map((network) => ({ value: network.id, label: network.name }));
  const [chosen, setChosen] = useState<string | null>(null);
  const selected = options.find((option) => option.value === chosen) ?? options[0] ?? null;
  return (
    <Dialog
      title={t('floating.allocate')}
      submit={t('floating.allocateSubmit')}
      disabled={selected === null}
      onClose={onClose}
      acts={selected ? [allocateFloatingAddress.describe(selected.value)] : []}
      onSubmit={async () => {
        if (selected) await allocateFloatingAddress(selected.value);
        await onDone();
      }}
    >
      <FormField label={t('floating.from')} description={t('floating.fromHint')}>
        <Select options={options} selectedOption={selected} onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)} />
      </FormField>
    </Dialog>
  );
}

function ToServer({ address, onDone, onClose }: StepProps & { address: FloatingAddress }) {
  const { t } = useTranslation();
  const ports = useServerPorts();
  const [chosen, setChosen] = useState<string | null>(null);
  const options = ports.map(({ port, label }) => ({ value: port.id, label, description: port.fixed_ips[0]?.ip_address ?? '' }));
  return (
    <Dialog
      title={t('floating.toServerTitle', { address: address.floating_ip_address })}
      submit={t('floating.attachSubmit')}
      disabled={chosen === null}
      onClose={onClose}
      acts={[bindFloatingAddress.describe(address.id, chosen)]}
      onSubmit={async () => {
        await bindFloatingAddress(address.id, chosen);
        await onDone();
      }}
    >
      <FormField label={t('floating.server')}>
        <Select
          options={options}
          selectedOption={options.find((option) => option.value === chosen) ?? null}
          onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
          placeholder={t('common.choose')}
          empty={t('floating.noServers')}
        />
      </FormField>
    </Dialog>
  );
}

/** The ports that belong to servers, with the servers' names. */
function useServerPorts(): { port: Port; label: string }[] {
  const servers = useQuery(queries.servers()).data;
  const ports = useQuery(queries.ports()).data;
  return useMemo(
    () =>
      (ports ?? []).flatMap((port) => {
        const server = servers?.find((each) => each.id === port.device_id);
        return server ? [{ port, label: server.name }] : [];
      }),
    [ports, servers],
  );
}

function useColumns(): readonly Column<FloatingAddress>[] {
  const { t } = useTranslation();
  const owners = useServerPorts();
  const networks = useQuery(queries.networks()).data;
  return useMemo(() => {
    const owner = (address: FloatingAddress) => owners.find(({ port }) => port.id === address.port_id);
    const pool = (address: FloatingAddress) =>
      networks?.find((network) => network.id === address.floating_network_id)?.name ?? address.floating_network_id;
    return [
      {
        id: 'address',
        header: t('floating.address'),
        value: (address) => address.floating_ip_address,
        cell: (address) => address.floating_ip_address,
      },
      {
        id: 'status',
        header: t('servers.status'),
        value: (address) => (address.port_id === null ? t('floating.free') : address.status),
        cell: (address) =>
          address.port_id === null ? (
            <StatusIndicator type="stopped">{t('floating.free')}</StatusIndicator>
          ) : (
            <StateSign status={address.status} />
          ),
      },
      {
        id: 'server',
        header: t('floating.server'),
        value: (address) => owner(address)?.label ?? '',
        cell: (address) => {
          const found = owner(address);
          return found ? <RouteLink to={`/servers/${found.port.device_id}/network`}>{found.label}</RouteLink> : '–';
        },
      },
      {
        id: 'fixed',
        header: t('floating.fixed'),
        value: (address) => address.fixed_ip_address ?? '',
        cell: (address) => address.fixed_ip_address ?? '–',
      },
      { id: 'network', header: t('floating.from'), value: pool, cell: pool },
    ];
  }, [networks, owners, t]);
}
