// The network API: networks, subnets, ports, routers, floating addresses, security groups.
import { call } from './http';

const BASE = '/network/v2.0';

export interface Network {
  id: string;
  name: string;
  description?: string;
  status: string;
  admin_state_up: boolean;
  shared: boolean;
  'router:external': boolean;
  subnets: string[];
  mtu?: number;
  project_id: string;
}

export interface Subnet {
  id: string;
  name: string;
  network_id: string;
  ip_version: 4 | 6;
  cidr: string;
  gateway_ip: string | null;
  enable_dhcp: boolean;
  dns_nameservers: string[];
  allocation_pools: { start: string; end: string }[];
}

export interface Port {
  id: string;
  name: string;
  network_id: string;
  mac_address: string;
  status: string;
  device_id: string;
  device_owner: string;
  fixed_ips: { subnet_id: string; ip_address: string }[];
  security_groups: string[];
}

export interface Router {
  id: string;
  name: string;
  status: string;
  external_gateway_info: { network_id: string; external_fixed_ips?: { ip_address: string; subnet_id: string }[] } | null;
}

export interface FloatingAddress {
  id: string;
  floating_ip_address: string;
  floating_network_id: string;
  fixed_ip_address: string | null;
  port_id: string | null;
  router_id: string | null;
  status: string;
  description?: string;
}

export interface Rule {
  id: string;
  security_group_id: string;
  direction: 'ingress' | 'egress';
  ethertype: 'IPv4' | 'IPv6';
  protocol: string | null;
  port_range_min: number | null;
  port_range_max: number | null;
  remote_ip_prefix: string | null;
  remote_group_id: string | null;
  description?: string | null;
}

export type NewRule = Omit<Rule, 'id'>;

export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  security_group_rules: Rule[];
}

type Signal = AbortSignal | undefined;

/** What a project can use: its own, and what the provider shares. An operator's token would be shown everybody's. */
export const listNetworks = async (project: string, signal?: Signal) =>
  (await call<{ networks: Network[] }>('GET', `${BASE}/networks`, { signal })).networks.filter(
    (network) => network.project_id === project || network.shared || network['router:external'],
  );
export const createNetwork = async (network: { name: string; description?: string }) =>
  (await call<{ network: Network }>('POST', `${BASE}/networks`, { body: { network } })).network;
export const deleteNetwork = (id: string) => call<void>('DELETE', `${BASE}/networks/${id}`);

export const listSubnets = async (signal?: Signal) =>
  (await call<{ subnets: Subnet[] }>('GET', `${BASE}/subnets`, { signal })).subnets;
export interface NewSubnet {
  network_id: string;
  name: string;
  ip_version: 4 | 6;
  cidr: string;
  dns_nameservers?: string[];
  ipv6_ra_mode?: string;
  ipv6_address_mode?: string;
}
export const createSubnet = async (subnet: NewSubnet) =>
  (await call<{ subnet: Subnet }>('POST', `${BASE}/subnets`, { body: { subnet } })).subnet;
export const deleteSubnet = (id: string) => call<void>('DELETE', `${BASE}/subnets/${id}`);

export const listPorts = async (filter: Record<string, string> = {}, signal?: Signal) => {
  const query = new URLSearchParams(filter).toString();
  return (await call<{ ports: Port[] }>('GET', `${BASE}/ports${query ? `?${query}` : ''}`, { signal })).ports;
};
export const updatePort = (id: string, port: { security_groups: string[] }) =>
  call<unknown>('PUT', `${BASE}/ports/${id}`, { body: { port } });

export const listRouters = async (project: string, signal?: Signal) =>
  (await call<{ routers: Router[] }>('GET', `${BASE}/routers?project_id=${project}`, { signal })).routers;
export interface RouterChange {
  name?: string;
  external_gateway_info?: { network_id: string } | null;
}
export const createRouter = async (router: RouterChange) =>
  (await call<{ router: Router }>('POST', `${BASE}/routers`, { body: { router } })).router;
export const updateRouter = (id: string, router: RouterChange) => call<unknown>('PUT', `${BASE}/routers/${id}`, { body: { router } });
export const deleteRouter = (id: string) => call<void>('DELETE', `${BASE}/routers/${id}`);
export const joinSubnet = (routerId: string, subnetId: string) =>
  call<unknown>('PUT', `${BASE}/routers/${routerId}/add_router_interface`, { body: { subnet_id: subnetId } });
export const leaveSubnet = (routerId: string, subnetId: string) =>
  call<unknown>('PUT', `${BASE}/routers/${routerId}/remove_router_interface`, { body: { subnet_id: subnetId } });

export const listFloatingAddresses = async (project: string, signal?: Signal) =>
  (await call<{ floatingips: FloatingAddress[] }>('GET', `${BASE}/floatingips?project_id=${project}`, { signal })).floatingips;
export const allocateFloatingAddress = async (networkId: string, portId?: string) =>
  (
    await call<{ floatingip: FloatingAddress }>('POST', `${BASE}/floatingips`, {
      body: { floatingip: portId ? { floating_network_id: networkId, port_id: portId } : { floating_network_id: networkId } },
    })
  ).floatingip;
export const bindFloatingAddress = (id: string, portId: string | null) =>
  call<unknown>('PUT', `${BASE}/floatingips/${id}`, { body: { floatingip: { port_id: portId } } });
export const releaseFloatingAddress = (id: string) => call<void>('DELETE', `${BASE}/floatingips/${id}`);

export const listSecurityGroups = async (project: string, signal?: Signal) =>
  (await call<{ security_groups: SecurityGroup[] }>('GET', `${BASE}/security-groups?project_id=${project}`, { signal })).security_groups;
export const readSecurityGroup = async (id: string, signal?: Signal) =>
  (await call<{ security_group: SecurityGroup }>('GET', `${BASE}/security-groups/${id}`, { signal })).security_group;
export const createSecurityGroup = async (group: { name: string; description: string }) =>
  (await call<{ security_group: SecurityGroup }>('POST', `${BASE}/security-groups`, { body: { security_group: group } })).security_group;
export const deleteSecurityGroup = (id: string) => call<void>('DELETE', `${BASE}/security-groups/${id}`);
export const createRule = (rule: Partial<NewRule>) =>
  call<unknown>('POST', `${BASE}/security-group-rules`, { body: { security_group_rule: rule } });
export const deleteRule = (id: string) => call<void>('DELETE', `${BASE}/security-group-rules/${id}`);
