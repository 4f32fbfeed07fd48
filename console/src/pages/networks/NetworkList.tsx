// The networks that the project can use: its own and those that the provider shares.
import Badge from '@cloudscape-design/components/badge';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteNetwork, type Network } from '../../api/network';
import { queries } from '../../api/queries';
import { useAsked } from '../../app/asked';
import { useCrumbs } from '../../app/crumbs';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { RouteLink } from '../../ui/RouteLink';
import { CreateNetwork } from './CreateNetwork';
import { NetworkLook } from './NetworkLook';
import { StateSign, states } from './StateSign';

export default function NetworkList() {
  const { t } = useTranslation();
  useCrumbs({ text: t('nav.networks') });
  const client = useQueryClient();
  const networks = useQuery(queries.networks());
  const columns = useColumns();
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [open, setOpen] = useState<'create' | 'delete' | null>(null);
  const chosen = (networks.data ?? []).filter((network) => selected.includes(network.id));
  const close = () => setOpen(null);
  useAsked((ask, id) => {
    setSelected(id ? [id] : []);
    if (ask === 'create' || ask === 'delete') setOpen(ask);
  }, networks.isSuccess);
  return (
    <>
      <ResourceTable<Network>
        id="networks"
        title={t('nav.networks')}
        description={t('networks.text')}
        items={networks.data}
        error={networks.error}
        refreshing={false}
        onRefresh={() => void networks.refetch()}
        columns={columns}
        trackBy={(network) => network.id}
        historyOf={(network) => network.id}
        label={(network) => network.name}
        selected={chosen}
        onSelect={(items) => setSelected(items.map((item) => item.id))}
        look={(network) => <NetworkLook network={network} />}
        change="network:network:create"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={chosen.length === 0} onClick={() => setOpen('delete')}>
              {t('common.delete')}
            </Button>
            <Button variant="primary" onClick={() => setOpen('create')}>
              {t('networks.create')}
            </Button>
          </SpaceBetween>
        }
        empty={{
          title: t('networks.empty.title'),
          text: t('networks.empty.text'),
          action: <Button onClick={() => setOpen('create')}>{t('networks.create')}</Button>,
        }}
      />
      {open === 'create' && <CreateNetwork onClose={close} onCreated={close} />}
      {open === 'delete' && (
        <DeleteDialog
          title={t('networks.deleteTitle')}
          warning={t('networks.deleteText')}
          items={chosen}
          idOf={(network) => network.id}
          nameOf={(network) => network.name || network.id}
          typed
          onClose={close}
          acts={chosen.map((network) => deleteNetwork.describe(network.id))}
          remove={(network) => deleteNetwork(network.id)}
          onGone={() => Promise.all(['networks', 'subnets'].map((key) => client.invalidateQueries({ queryKey: [key] })))}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Network>[] {
  const { t } = useTranslation();
  const subnets = useQuery(queries.subnets()).data;
  return useMemo(() => {
    const ranges = (network: Network) =>
      (subnets ?? [])
        .filter((subnet) => subnet.network_id === network.id)
        .map((subnet) => subnet.cidr)
        .join(', ');
    return [
      {
        id: 'name',
        header: t('networks.name'),
        value: (network) => network.name,
        cell: (network) => <RouteLink to={`/networks/${network.id}`}>{network.name || network.id}</RouteLink>,
      },
      {
        id: 'status',
        header: t('servers.status'),
        value: (network) => network.status,
        words: states(t),
        cell: (network) => <StateSign status={network.status} />,
      },
      { id: 'ranges', header: t('networks.ranges'), value: ranges, cell: (network) => ranges(network) || '–' },
      {
        id: 'kind',
        header: t('networks.kind'),
        value: (network) => (network['router:external'] ? 'external' : network.shared ? 'shared' : 'own'),
        words: { external: t('networks.external'), shared: t('networks.shared'), own: t('networks.own') },
        cell: (network) => (
          <SpaceBetween direction="horizontal" size="xxs">
            {network['router:external'] && <Badge color="blue">{t('networks.external')}</Badge>}
            {network.shared && <Badge>{t('networks.shared')}</Badge>}
            {!network['router:external'] && !network.shared && t('networks.own')}
          </SpaceBetween>
        ),
      },
      { id: 'id', header: t('common.id'), value: (network) => network.id, cell: (network) => network.id, hidden: true },
    ];
  }, [subnets, t]);
}
