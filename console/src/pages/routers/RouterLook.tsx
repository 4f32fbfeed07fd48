// A router at a quick look, below the list.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Router } from '../../api/network';
import { queries } from '../../api/queries';
import { Facts } from '../../ui/Facts';
import { Naming } from '../networks/Naming';
import { StateSign } from '../networks/StateSign';
import { useInterfaces } from './interfaces';

export function RouterLook({ router }: { router: Router }) {
  const { t } = useTranslation();
  const networks = useQuery(queries.networks()).data;
  const interfaces = useInterfaces()(router.id);
  const gateway = router.external_gateway_info;
  return (
    <Facts
      id={router.id}
      facts={[
        { label: t('routers.name'), value: <Naming kind="router" thing={router} part="name" /> },
        { label: t('servers.description'), value: <Naming kind="router" thing={router} part="description" /> },
        { label: t('servers.status'), value: <StateSign status={router.status} /> },
        { label: t('routers.gateway'), value: gateway ? (networks?.find((network) => network.id === gateway.network_id)?.name ?? gateway.network_id) : t('routers.noGateway') },
        { label: t('floating.address'), value: gateway?.external_fixed_ips?.map((ip) => ip.ip_address).join(', ') || t('common.none') },
        { label: t('nav.networks'), value: interfaces.map((each) => <div key={each.subnetId}>{each.networkName}</div>) },
      ]}
    />
  );
}
