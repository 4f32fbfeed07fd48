// Which subnets a router is plugged into: told by the ports that it owns.
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { queries } from '../../api/queries';

export interface Interface {
  subnetId: string;
  networkId: string;
  networkName: string;
  address: string;
}

export function useInterfaces(): (routerId: string) => Interface[] {
  const ports = useQuery(queries.ports()).data;
  const networks = useQuery(queries.networks()).data;
  return useCallback(
    (routerId) =>
      (ports ?? [])
        .filter((port) => port.device_id === routerId && port.device_owner === 'network:router_interface')
        .flatMap((port) =>
          port.fixed_ips.map((ip) => ({
            subnetId: ip.subnet_id,
            networkId: port.network_id,
            networkName: networks?.find((network) => network.id === port.network_id)?.name ?? port.network_id,
            address: ip.ip_address,
          })),
        ),
    [ports, networks],
  );
}
