// What of the site's addresses and network numbers is in use, by whom and since when: by the network API, which shows the provider everybody's.
import { call } from './http';

const BASE = '/network/v2.0';

export interface RegisteredNetwork {
  id: string;
  name: string;
  project_id: string;
  shared: boolean;
  'router:external': boolean;
  subnets: string[];
  'provider:network_type': string;
  'provider:physical_network': string | null;
  'provider:segmentation_id': number | null;
  /** ISO 8601 */
  created_at: string;
}

export interface RegisteredSubnet {
  id: string;
  network_id: string;
  cidr: string;
}

interface FloatingAddress {
  id: string;
  project_id: string;
  floating_ip_address: string;
  floating_network_id: string;
  fixed_ip_address: string | null;
  created_at: string;
}

interface OuterPort {
  id: string;
  project_id: string;
  network_id: string;
  device_id: string;
  device_owner: string;
  fixed_ips: { ip_address: string }[];
  created_at: string;
}

export interface Pool {
  network_id: string;
  network_name: string;
  subnet_ip_availability: { subnet_id: string; subnet_name: string; cidr: string; total_ips: number; used_ips: number }[];
}

/** An address on an external network that somebody has. */
export interface RegisteredAddress {
  id: string;
  address: string;
  kind: 'floating' | 'gateway' | 'server' | 'other';
  network: string;
  project: string;
  /** What it leads to: a fixed address, or the id of a router or server. */
  leadsTo: string;
  since: string;
}

export const listRegisteredNetworks = async (signal?: AbortSignal) => (await call<{ networks: RegisteredNetwork[] }>('GET', `${BASE}/networks`, { signal })).networks;
export const listRegisteredSubnets = async (signal?: AbortSignal) => (await call<{ subnets: RegisteredSubnet[] }>('GET', `${BASE}/subnets`, { signal })).subnets;
export const listPools = async (signal?: AbortSignal) =>
  (await call<{ network_ip_availabilities: Pool[] }>('GET', `${BASE}/network-ip-availabilities`, { signal })).network_ip_availabilities;

/** Ids of projects to their names. */
export async function readProjectNames(signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { projects } = await call<{ projects: { id: string; name: string }[] }>('GET', '/identity/v3/projects', { signal });
  return new Map(projects.map((project) => [project.id, project.name]));
}

const kindOf = (owner: string): RegisteredAddress['kind'] => (owner === 'network:router_gateway' ? 'gateway' : owner.startsWith('compute:') ? 'server' : 'other');

/** Of all external networks. A floating address has a port there too, which is no second address. */
export async function listRegisteredAddresses(signal?: AbortSignal): Promise<RegisteredAddress[]> {
  const [{ floatingips }, { networks }] = await Promise.all([
    call<{ floatingips: FloatingAddress[] }>('GET', `${BASE}/floatingips`, { signal }),
    call<{ networks: { id: string }[] }>('GET', `${BASE}/networks?router:external=true&fields=id`, { signal }),
  ]);
  const ports = await Promise.all(networks.map(({ id }) => call<{ ports: OuterPort[] }>('GET', `${BASE}/ports?network_id=${encodeURIComponent(id)}`, { signal })));
  return [
    ...floatingips.map(
      (one): RegisteredAddress => ({
        id: one.id,
        address: one.floating_ip_address,
        kind: 'floating',
        network: one.floating_network_id,
        project: one.project_id,
        leadsTo: one.fixed_ip_address ?? '',
        since: one.created_at,
      }),
    ),
    ...ports
      .flatMap((page) => page.ports)
      .filter((port) => port.device_owner !== 'network:floatingip')
      .flatMap((port) =>
        port.fixed_ips.map(
          (fixed): RegisteredAddress => ({
            id: `${port.id} ${fixed.ip_address}`,
            address: fixed.ip_address,
            kind: kindOf(port.device_owner),
            network: port.network_id,
            project: port.project_id,
            leadsTo: port.device_id,
            since: port.created_at,
          }),
        ),
      ),
  ];
}
