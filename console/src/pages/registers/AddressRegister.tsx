// For the provider: which addresses and network numbers are in use, by which project, since when; and how full each range is.
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { SELDOM } from '../../api/polling';
import { listPools, listRegisteredAddresses, listRegisteredNetworks, listRegisteredSubnets, readProjectNames, type RegisteredAddress, type RegisteredNetwork } from '../../api/registers';
import { useCrumbs } from '../../app/crumbs';
import { ResourceTable, type Column } from '../../ui/ResourceTable';
import { useFormat } from '../../ui/useFormat';

const TABS = ['addresses', 'networks', 'pools'] as const;

export default function AddressRegister() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab } = useParams();
  useCrumbs({ text: t('nav.registers') });
  const contents = { addresses: <Addresses />, networks: <Networks />, pools: <Pools /> };
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('registers.text')}>
          {t('nav.registers')}
        </Header>
      }
    >
      <Tabs
        activeTabId={TABS.find((each) => each === tab) ?? 'addresses'}
        onChange={({ detail }) => void navigate(`/registers/${detail.activeTabId}`, { replace: true })}
        tabs={TABS.map((id) => ({ id, label: t(`registers.tabs.${id}`), content: contents[id] }))}
      />
    </ContentLayout>
  );
}

interface RegisterProps<T> {
  of: (typeof TABS)[number];
  found: Pick<UseQueryResult<unknown>, 'error' | 'refetch'>;
  items: readonly T[] | undefined;
  columns: readonly Column<T>[];
  idOf: (one: T) => string;
  nameOf: (one: T) => string;
  defaultSort?: { column: string; descending?: boolean };
}

/** A register is read only: what stands in it is changed where it is used. */
function Register<T>({ of, found, idOf, nameOf, ...table }: RegisterProps<T>) {
  const { t } = useTranslation();
  return (
    <ResourceTable<T>
      {...table}
      id={`registers.${of}`}
      variant="container"
      title={t(`registers.tabs.${of}`)}
      description={t(`registers.${of}Text`)}
      error={found.error}
      refreshing={false}
      onRefresh={() => void found.refetch()}
      trackBy={idOf}
      label={nameOf}
      empty={{ title: t('registers.none'), text: t('registers.noneText') }}
    />
  );
}

/** The project's name; where it has none any more, its id. */
function useProject(): (id: string) => string {
  const names = useQuery({ queryKey: ['projects'], queryFn: ({ signal }) => readProjectNames(signal), staleTime: SELDOM }).data;
  return useMemo(() => (id: string) => names?.get(id) ?? id, [names]);
}

const useNetworks = () => useQuery({ queryKey: ['registers', 'networks'], queryFn: ({ signal }) => listRegisteredNetworks(signal), refetchInterval: SELDOM });

function Addresses() {
  const { t } = useTranslation();
  const format = useFormat();
  const project = useProject();
  const networks = useNetworks().data;
  const addresses = useQuery({ queryKey: ['registers', 'addresses'], queryFn: ({ signal }) => listRegisteredAddresses(signal), refetchInterval: SELDOM });
  const columns = useMemo<readonly Column<RegisteredAddress>[]>(() => {
    const network = (one: RegisteredAddress) => networks?.find((each) => each.id === one.network)?.name ?? one.network;
    const kind = (one: RegisteredAddress) => t(`registers.kinds.${one.kind}`);
    return [
      { id: 'address', header: t('registers.address'), value: (one) => one.address, cell: (one) => one.address },
      { id: 'kind', header: t('registers.kind'), value: kind, cell: kind },
      { id: 'project', header: t('registers.project'), value: (one) => project(one.project), cell: (one) => project(one.project) || '–' },
      { id: 'since', header: t('registers.since'), value: (one) => one.since, cell: (one) => format.time(one.since) },
      { id: 'leadsTo', header: t('registers.leadsTo'), value: (one) => one.leadsTo, cell: (one) => one.leadsTo || t('floating.free') },
      { id: 'network', header: t('registers.network'), value: network, cell: network },
      { id: 'projectId', header: t('hosts.projectId'), value: (one) => one.project, cell: (one) => one.project, hidden: true },
    ];
  }, [format, networks, project, t]);
  return <Register<RegisteredAddress> of="addresses" found={addresses} items={addresses.data} columns={columns} idOf={(one) => one.id} nameOf={(one) => one.address} />;
}

function Networks() {
  const { t } = useTranslation();
  const format = useFormat();
  const project = useProject();
  const networks = useNetworks();
  const subnets = useQuery({ queryKey: ['registers', 'subnets'], queryFn: ({ signal }) => listRegisteredSubnets(signal), refetchInterval: SELDOM }).data;
  const columns = useMemo<readonly Column<RegisteredNetwork>[]>(() => {
    const ranges = (one: RegisteredNetwork) => (subnets ?? []).filter((subnet) => subnet.network_id === one.id).map((subnet) => subnet.cidr).join(' ');
    const type = (one: RegisteredNetwork) => one['provider:network_type'].toUpperCase();
    const use = (one: RegisteredNetwork) => t(one['router:external'] ? 'networks.external' : one.shared ? 'networks.shared' : 'networks.own');
    return [
      { id: 'number', header: t('registers.number'), value: (one) => one['provider:segmentation_id'] ?? -1, cell: (one) => one['provider:segmentation_id'] ?? '–' },
      { id: 'type', header: t('registers.type'), value: type, cell: type },
      { id: 'physical', header: t('registers.physical'), value: (one) => one['provider:physical_network'] ?? '', cell: (one) => one['provider:physical_network'] ?? '–' },
      { id: 'project', header: t('registers.project'), value: (one) => project(one.project_id), cell: (one) => project(one.project_id) || '–' },
      { id: 'since', header: t('registers.since'), value: (one) => one.created_at, cell: (one) => format.time(one.created_at) },
      { id: 'name', header: t('registers.network'), value: (one) => one.name, cell: (one) => one.name },
      { id: 'use', header: t('networks.kind'), value: use, cell: use },
      { id: 'ranges', header: t('networks.ranges'), value: ranges, cell: ranges },
      { id: 'id', header: t('common.id'), value: (one) => one.id, cell: (one) => one.id, hidden: true },
      { id: 'projectId', header: t('hosts.projectId'), value: (one) => one.project_id, cell: (one) => one.project_id, hidden: true },
    ];
  }, [format, project, subnets, t]);
  return <Register<RegisteredNetwork> of="networks" found={networks} items={networks.data} columns={columns} idOf={(one) => one.id} nameOf={(one) => one.name} />;
}

interface Range {
  id: string;
  network: string;
  cidr: string;
  total: number;
  used: number;
}

function Pools() {
  const { t } = useTranslation();
  const pools = useQuery({ queryKey: ['registers', 'pools'], queryFn: ({ signal }) => listPools(signal), refetchInterval: SELDOM });
  const items = useMemo(
    () =>
      pools.data?.flatMap((pool) =>
        pool.subnet_ip_availability.map((one): Range => ({ id: one.subnet_id, network: pool.network_name, cidr: one.cidr, total: one.total_ips, used: one.used_ips })),
      ),
    [pools.data],
  );
  const columns = useMemo<readonly Column<Range>[]>(() => {
    const percent = (one: Range) => (one.total === 0 ? 0 : Math.min(100, (100 * one.used) / one.total));
    return [
      { id: 'cidr', header: t('networks.ranges'), value: (one) => one.cidr, cell: (one) => one.cidr },
      { id: 'network', header: t('registers.network'), value: (one) => one.network, cell: (one) => one.network },
      {
        id: 'share',
        header: t('registers.used'),
        value: percent,
        cell: (one) => <ProgressBar value={percent(one)} ariaLabel={one.cidr} description={t('home.usedOf', { used: one.used, all: one.total })} />,
      },
    ];
  }, [t]);
  return <Register<Range> of="pools" found={pools} items={items} columns={columns} idOf={(one) => one.id} nameOf={(one) => one.cidr} defaultSort={{ column: 'share', descending: true }} />;
}
