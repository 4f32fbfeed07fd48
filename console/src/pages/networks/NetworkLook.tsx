// A network at a quick look, below the list.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Network } from '../../api/network';
import { queries } from '../../api/queries';
import { useSession } from '../../app/session';
import { Facts } from '../../ui/Facts';
import { RouteLink } from '../../ui/RouteLink';
import { Naming } from './Naming';
import { StateSign } from './StateSign';

export function NetworkLook({ network }: { network: Network }) {
  const { t } = useTranslation();
  const session = useSession();
  const subnets = (useQuery(queries.subnets()).data ?? []).filter((subnet) => subnet.network_id === network.id);
  const ports = useQuery(queries.ports({ network_id: network.id })).data;
  const others = network.project_id !== session.project?.id;
  return (
    <Facts
      id={network.id}
      facts={[
        { label: t('networks.name'), value: <Naming kind="network" thing={network} part="name" fixed={others} /> },
        { label: t('servers.description'), value: <Naming kind="network" thing={network} part="description" fixed={others} /> },
        { label: t('servers.status'), value: <StateSign status={network.status} /> },
        { label: t('networks.ranges'), value: subnets.map((subnet) => <div key={subnet.id}>{subnet.cidr}</div>) },
        { label: t('networks.gateway'), value: subnets.map((subnet) => subnet.gateway_ip ?? '–').join(', ') || t('common.none') },
        { label: t('networks.ports'), value: ports?.length ?? '–' },
        { label: t('look.open'), value: <RouteLink to={`/networks/${network.id}`}>{t('servers.tabs.overview')}</RouteLink> },
      ]}
    />
  );
}
