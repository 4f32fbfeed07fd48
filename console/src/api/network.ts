// The network API: networks, subnets, ports, routers, floating addresses, security groups.
import { action } from './act';
import { own, option } from './computeWords';
import { call } from './http';
import { gatewayWords, namingWords, routerWords, ruleWords, subnetWords } from './networkWords';

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
  description?: string;
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
  /** absent: true, as the next */
  admin_state_up?: boolean;
  /** false: no firewall looks at it */
  port_security_enabled?: boolean;
}

export interface Router {
  id: string;
  name: string;
  description?: string;
  status: string;
  external_gateway_info: { network_id: string; external_fixed_ips?: { ip_address: string; subnet_id: string }[]; enable_snat?: boolean } | null;
  /** absent: true */
  admin_state_up?: boolean;
  routes?: { destination: string; nexthop: string }[];
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
  remote_address_group_id?: string | null;
  description?: string | null;
}

export type NewRule = Omit<Rule, 'id'>;

export interface SecurityGroup {
  id: string;
  name: string;
  description: string;
  /** absent: true. Where it is false, answers need rules of their own. */
  stateful?: boolean;
  security_group_rules: Rule[];
}

/** A named list of addresses (CIDR), which rules may name. */
export interface AddressGroup {
  id: string;
  name: string;
  addresses: string[];
}

type Signal = AbortSignal | undefined;

/** What a project can use: its own, and what the provider shares. An operator's token would be shown everybody's. */
export const listNetworks = async (project: string, signal?: Signal) =>
  (await call<{ networks: Network[] }>('GET', `${BASE}/networks`, { signal })).networks.filter(
    (network) => network.project_id === project || network.shared || network['router:external'],
  );
export const createNetwork = action(
  (network: { name: string; description?: string }) => ({
    method: 'POST',
    path: `${BASE}/networks`,
    body: { network },
    made: 'network.id',
    client: [['network', 'create', ...(network.description ? option('--description', network.description) : []), ...own(network.name)]],
  }),
  (answer: { network: Network }) => answer.network,
);
export interface Naming {
  name?: string;
  description?: string;
}
export const updateNetwork = action((id: string, network: Naming) => ({
  method: 'PUT',
  path: `${BASE}/networks/${id}`,
  body: { network },
  client: [['network', 'set', ...namingWords(network), id]],
}));
export const deleteNetwork = action((id: string) => ({ method: 'DELETE', path: `${BASE}/networks/${id}`, client: [['network', 'delete', id]] }));

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
export const createSubnet = action(
  (subnet: NewSubnet) => ({ method: 'POST', path: `${BASE}/subnets`, body: { subnet }, made: 'subnet.id', client: [subnetWords(subnet)] }),
  (answer: { subnet: Subnet }) => answer.subnet,
);
export const updateSubnet = action((id: string, subnet: Naming) => ({
  method: 'PUT',
  path: `${BASE}/subnets/${id}`,
  body: { subnet },
  client: [['subnet', 'set', ...namingWords(subnet), id]],
}));
export const deleteSubnet = action((id: string) => ({ method: 'DELETE', path: `${BASE}/subnets/${id}`, client: [['subnet', 'delete', id]] }));

export const listPorts = async (filter: Record<string, string> = {}, signal?: Signal) => {
  const query = new URLSearchParams(filter).toString();
  return (await call<{ ports: Port[] }>('GET', `${BASE}/ports${query ? `?${query}` : ''}`, { signal })).ports;
};
export const updatePort = action((id: string, port: { security_groups: string[] }) => ({
  method: 'PUT',
  path: `${BASE}/ports/${id}`,
  body: { port },
  client: [['port', 'set', '--no-security-group', ...port.security_groups.flatMap((group) => ['--security-group', group]), id]],
}));

export const listRouters = async (project: string, signal?: Signal) =>
  (await call<{ routers: Router[] }>('GET', `${BASE}/routers?project_id=${project}`, { signal })).routers;
export interface RouterChange extends Naming {
  external_gateway_info?: { network_id: string } | null;
}
export const createRouter = action(
  (router: RouterChange & { name: string }) => ({
    method: 'POST',
    path: `${BASE}/routers`,
    body: { router },
    made: 'router.id',
    client: [['router', 'create', ...gatewayWords(router), ...own(router.name)]],
  }),
  (answer: { router: Router }) => answer.router,
);
export const updateRouter = action((id: string, router: RouterChange) => ({
  method: 'PUT',
  path: `${BASE}/routers/${id}`,
  body: { router },
  client: routerWords(id, router),
}));
export const deleteRouter = action((id: string) => ({ method: 'DELETE', path: `${BASE}/routers/${id}`, client: [['router', 'delete', id]] }));
export const joinSubnet = action((routerId: string, subnetId: string) => ({
  method: 'PUT',
  path: `${BASE}/routers/${routerId}/add_router_interface`,
  body: { subnet_id: subnetId },
  client: [['router', 'add', 'subnet', routerId, subnetId]],
}));
export const leaveSubnet = action((routerId: string, subnetId: string) => ({
  method: 'PUT',
  path: `${BASE}/routers/${routerId}/remove_router_interface`,
  body: { subnet_id: subnetId },
  client: [['router', 'remove', 'subnet', routerId, subnetId]],
}));

export const listFloatingAddresses = async (project: string, signal?: Signal) =>
  (await call<{ floatingips: FloatingAddress[] }>('GET', `${BASE}/floatingips?project_id=${project}`, { signal })).floatingips;
export const allocateFloatingAddress = action(
  (networkId: string, portId?: string) => ({
    method: 'POST',
    path: `${BASE}/floatingips`,
    body: { floatingip: portId ? { floating_network_id: networkId, port_id: portId } : { floating_network_id: networkId } },
    made: 'floatingip.id',
    client: [['floating', 'ip', 'create', ...(portId ? ['--port', portId] : []), networkId]],
  }),
  (answer: { floatingip: FloatingAddress }) => answer.floatingip,
);
export const bindFloatingAddress = action((id: string, portId: string | null) => ({
  method: 'PUT',
  path: `${BASE}/floatingips/${id}`,
  body: { floatingip: { port_id: portId } },
  client: [portId === null ? ['floating', 'ip', 'unset', '--port', id] : ['floating', 'ip', 'set', '--port', portId, id]],
}));
export const releaseFloatingAddress = action((id: string) => ({
  method: 'DELETE',
  path: `${BASE}/floatingips/${id}`,
  client: [['floating', 'ip', 'delete', id]],
}));

export const listSecurityGroups = async (project: string, signal?: Signal) =>
  (await call<{ security_groups: SecurityGroup[] }>('GET', `${BASE}/security-groups?project_id=${project}`, { signal })).security_groups;
export const readSecurityGroup = async (id: string, signal?: Signal) =>
  (await call<{ security_group: SecurityGroup }>('GET', `${BASE}/security-groups/${id}`, { signal })).security_group;
export const createSecurityGroup = action(
  (group: { name: string; description: string }) => ({
    method: 'POST',
    path: `${BASE}/security-groups`,
    body: { security_group: group },
    made: 'security_group.id',
    client: [['security', 'group', 'create', ...option('--description', group.description), ...own(group.name)]],
  }),
  (answer: { security_group: SecurityGroup }) => answer.security_group,
);
export const updateSecurityGroup = action((id: string, group: Naming) => ({
  method: 'PUT',
  path: `${BASE}/security-groups/${id}`,
  body: { security_group: group },
  client: [['security', 'group', 'set', ...namingWords(group), id]],
}));
export const deleteSecurityGroup = action((id: string) => ({
  method: 'DELETE',
  path: `${BASE}/security-groups/${id}`,
  client: [['security', 'group', 'delete', id]],
}));
export const createRule = action((rule: Partial<NewRule>) => ({
  method: 'POST',
  path: `${BASE}/security-group-rules`,
  body: { security_group_rule: rule },
  client: [ruleWords(rule)],
}));
export const deleteRule = action((id: string) => ({
  method: 'DELETE',
  path: `${BASE}/security-group-rules/${id}`,
  client: [['security', 'group', 'rule', 'delete', id]],
}));

export const listAddressGroups = async (signal?: Signal) => (await call<{ address_groups: AddressGroup[] }>('GET', `${BASE}/address-groups`, { signal })).address_groups;
