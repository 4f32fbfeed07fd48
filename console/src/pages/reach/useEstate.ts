// Everything of the project that lies on a packet's way.
import { useQueries } from '@tanstack/react-query';
import { queries } from '../../api/queries';
import type { Estate } from './reach';

export function useEstate(): { estate: Estate | null; error: unknown; refetch: () => void } {
  const [servers, ports, groups, addressGroups, networks, subnets, routers, floating] = useQueries({
    queries: [
      queries.topology(),
      queries.ownPorts(),
      queries.securityGroups(),
      queries.addressGroups(),
      queries.networks(),
      queries.subnets(),
      queries.routers(),
      queries.floatingAddresses(),
    ],
  });
  const all = [servers, ports, groups, addressGroups, networks, subnets, routers, floating];
  const estate =
    servers.data && ports.data && groups.data && addressGroups.data && networks.data && subnets.data && routers.data && floating.data
      ? {
          servers: servers.data.servers,
          ports: ports.data,
          groups: groups.data,
          addressGroups: addressGroups.data,
          networks: networks.data,
          subnets: subnets.data,
          routers: routers.data,
          floating: floating.data,
        }
      : null;
  return { estate, error: all.find((one) => one.error)?.error, refetch: () => all.forEach((one) => void one.refetch()) };
}
