// One network: its address ranges and what is plugged into it.
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { deleteSubnet, type Network, type Port, type Subnet } from '../../api/network';
import { queries } from '../../api/queries';
import { useCrumbs } from '../../app/crumbs';
import { useMay } from '../../app/rights';
import { useSession } from '../../app/session';
import { DeleteDialog } from '../../ui/DeleteDialog';
import { Failure } from '../../ui/Failure';
import { RouteButton } from '../../ui/RouteButton';
import { RouteLink } from '../../ui/RouteLink';
import { Waiting } from '../../ui/Waiting';
import NotFound from '../NotFound';
import { AddSubnet } from './AddSubnet';
import { Naming } from './Naming';
import { StateSign } from './StateSign';

export default function NetworkPage() {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const { id = '' } = useParams();
  const networks = useQuery(queries.networks());
  const network = networks.data?.find((each) => each.id === id);
  useCrumbs({ text: t('nav.networks'), href: '/networks' }, { text: network?.name || id });
  if (!networks.data) return networks.error ? <Failure error={networks.error} onRetry={() => void networks.refetch()} /> : <Waiting />;
  if (!network) return <NotFound />;
  const others = network.project_id !== session.project?.id;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={<Naming kind="network" thing={network} part="description" fixed={others} />} actions={may('history:event:list') && <RouteButton to={`/history?target=${network.id}`}>{t('nav.history')}</RouteButton>}>
          <Naming kind="network" thing={network} part="name" fixed={others} />
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Subnets network={network} fixed={others} />
        <Ports network={network} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Subnets({ network, fixed }: { network: Network; fixed: boolean }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const changes = useMay()('network:network:create') && !fixed;
  const subnets = (useQuery(queries.subnets()).data ?? []).filter((subnet) => subnet.network_id === network.id);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Subnet | null>(null);
  return (
    <>
      <Table<Subnet>
        items={subnets}
        trackBy="id"
        ariaLabels={{ tableLabel: t('networks.ranges') }}
        header={
          <Header variant="h2" counter={`(${subnets.length})`} actions={changes && <Button onClick={() => setAdding(true)}>{t('networks.addSubnet')}</Button>}>
            {t('networks.ranges')}
          </Header>
        }
        columnDefinitions={[
          { id: 'cidr', header: t('networks.cidr'), cell: (subnet) => subnet.cidr, isRowHeader: true },
          { id: 'name', header: t('networks.name'), cell: (subnet) => <Naming kind="subnet" thing={subnet} part="name" fixed={fixed} /> },
          { id: 'description', header: t('servers.description'), cell: (subnet) => <Naming kind="subnet" thing={subnet} part="description" fixed={fixed} /> },
          { id: 'gateway', header: t('networks.gateway'), cell: (subnet) => subnet.gateway_ip ?? '–' },
          { id: 'dhcp', header: t('networks.dhcp'), cell: (subnet) => t(subnet.enable_dhcp ? 'common.yes' : 'common.no') },
          { id: 'dns', header: t('networks.dns'), cell: (subnet) => subnet.dns_nameservers.join(', ') || '–' },
          ...(changes
            ? [
                {
                  id: 'remove',
                  header: t('common.actions'),
                  cell: (subnet: Subnet) => (
                    <Button variant="inline-link" onClick={() => setRemoving(subnet)} ariaLabel={t('networks.removeSubnet', { cidr: subnet.cidr })}>
                      {t('common.delete')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
        empty={t('networks.noSubnets')}
      />
      {adding && <AddSubnet network={network} onClose={() => setAdding(false)} />}
      {removing && (
        <DeleteDialog
          title={t('networks.removeSubnet', { cidr: removing.cidr })}
          warning={t('networks.removeSubnetText')}
          items={[removing]}
          idOf={(subnet) => subnet.id}
          nameOf={(subnet) => subnet.cidr}
          typed
          onClose={() => setRemoving(null)}
          acts={[deleteSubnet.describe(removing.id)]}
          remove={(subnet) => deleteSubnet(subnet.id)}
          onGone={() => Promise.all(['subnets', 'networks'].map((key) => client.invalidateQueries({ queryKey: [key] })))}
        />
      )}
    </>
  );
}

function Ports({ network }: { network: Network }) {
  const { t } = useTranslation();
  const ports = useQuery(queries.ports({ network_id: network.id })).data ?? [];
  const servers = useQuery(queries.servers()).data ?? [];
  const owner = (port: Port) => {
    const server = servers.find((each) => each.id === port.device_id);
    if (server) return <RouteLink to={`/servers/${server.id}/network`}>{server.name}</RouteLink>;
    if (port.device_owner.startsWith('network:router')) return t('networks.owner.router');
    if (port.device_owner === 'network:dhcp') return t('networks.owner.dhcp');
    return port.device_owner || '–';
  };
  return (
    <Table<Port>
      items={ports}
      trackBy="id"
      ariaLabels={{ tableLabel: t('networks.ports') }}
      header={
        <Header variant="h2" counter={`(${ports.length})`}>
          {t('networks.ports')}
        </Header>
      }
      columnDefinitions={[
        {
          id: 'address',
          header: t('servers.network.fixed'),
          cell: (port) => port.fixed_ips.map((ip) => ip.ip_address).join(', ') || '–',
          isRowHeader: true,
        },
        { id: 'owner', header: t('networks.usedBy'), cell: owner },
        { id: 'mac', header: t('servers.network.mac'), cell: (port) => port.mac_address },
        { id: 'status', header: t('servers.status'), cell: (port) => <StateSign status={port.status} /> },
      ]}
      empty={t('networks.noPorts')}
    />
  );
}
