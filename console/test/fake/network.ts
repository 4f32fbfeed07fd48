// The networks of the fake cloud, as its visitors read and change them: ranges, routers, floating addresses, security groups and their rules.
import type { FloatingAddress, Network, Port, Router, Rule, SecurityGroup, Subnet } from '../../src/api/network';
import type { FakeAnswer, FakeCloud, Route } from './cloud.ts';
import * as seed from './seed.ts';

const gone: FakeAnswer = { status: 204 };
const missing: FakeAnswer = { status: 404, body: { NeutronError: { type: 'NotFound', message: 'It does not exist.', detail: '' } } };

export function networkRoutes(cloud: FakeCloud): Route[] {
  const dropped = (list: { id: string }[], id: string): FakeAnswer => {
    const index = list.findIndex((each) => each.id === id);
    if (index < 0) return missing;
    list.splice(index, 1);
    return gone;
  };
  const bound = (portId: string | null): Pick<FloatingAddress, 'port_id' | 'fixed_ip_address' | 'router_id' | 'status'> => {
    const port = cloud.ports.find((each) => each.id === portId);
    return port
      ? { port_id: port.id, fixed_ip_address: port.fixed_ips[0]?.ip_address ?? null, router_id: 'r1', status: 'ACTIVE' }
      : { port_id: null, fixed_ip_address: null, router_id: null, status: 'DOWN' };
  };
  const joined = (router: string, subnetId: string): FakeAnswer => {
    const subnet = cloud.subnets.find((each) => each.id === subnetId);
    if (!subnet) return missing;
    const port: Port = {
      ...seed.ports().find((each) => each.device_owner === 'network:router_interface')!,
      id: crypto.randomUUID(),
      device_id: router,
      network_id: subnet.network_id,
      fixed_ips: [{ subnet_id: subnet.id, ip_address: subnet.gateway_ip ?? '' }],
    };
    cloud.ports.push(port);
    return { status: 200, body: {} };
  };
  const left = (router: string, subnetId: string): FakeAnswer => {
    cloud.ports = cloud.ports.filter((port) => port.device_id !== router || port.fixed_ips[0]?.subnet_id !== subnetId);
    return { status: 200, body: {} };
  };
  return [
    ['GET', /^\/service\/v1\/topology$/, () => ({ status: 200, body: topologyOf(cloud) })],
    [
      'GET',
      /^\/network\/v2.0\/networks$/,
      ({ query }) => ({ status: 200, body: { networks: query.get('router:external') === 'true' ? cloud.networks.filter((one) => one['router:external']) : cloud.networks } }),
    ],
    ['POST', /^\/network\/v2.0\/networks$/, ({ body }) => createNetwork(cloud, (body as { network: Network }).network)],
    [
      'GET',
      /^\/network\/v2.0\/networks\/([^/]+)$/,
      (_, id) => {
        const network = cloud.networks.find((one) => one.id === id);
        return network ? { status: 200, body: { network } } : { status: 404 };
      },
    ],
    ['GET', /^\/network\/v2.0\/subnets$/, () => ({ status: 200, body: { subnets: cloud.subnets } })],
    ['POST', /^\/network\/v2.0\/subnets$/, ({ body }) => createSubnet(cloud, (body as { subnet: Subnet }).subnet)],
    ['GET', /^\/network\/v2.0\/ports$/, ({ query }) => listPorts(cloud, query)],
    ['GET', /^\/network\/v2.0\/routers$/, () => ({ status: 200, body: { routers: cloud.routers } })],
    ['POST', /^\/network\/v2.0\/routers$/, ({ body }) => createRouter(cloud, (body as { router: Router }).router)],
    ['GET', /^\/network\/v2.0\/floatingips$/, () => ({ status: 200, body: { floatingips: cloud.floating } })],
    [
      'GET',
      /^\/network\/v2.0\/network-ip-availabilities$/,
      () => ({ status: 200, body: { network_ip_availabilities: [{ network_id: 'n0', network_name: 'public', subnet_ip_availability: [{ subnet_id: 'sn0', subnet_name: 'public', cidr: '203.0.113.0/27', total_ips: 29, used_ips: 3 }] }] } }),
    ],
    ['GET', /^\/network\/v2.0\/address-groups$/, () => ({ status: 200, body: { address_groups: [] } })],
    ['GET', /^\/network\/v2.0\/security-groups$/, () => ({ status: 200, body: { security_groups: cloud.groups } })],
    ['GET', /^\/network\/v2.0\/security-groups\/([^/]+)$/, (_, id) => readGroup(cloud, id)],
    ['DELETE', /^\/network\/v2.0\/subnets\/([^/]+)$/, (_, id = '') => dropped(cloud.subnets, id)],
    ['DELETE', /^\/network\/v2.0\/routers\/([^/]+)$/, (_, id = '') => dropped(cloud.routers as Router[], id)],
    ['PUT', /^\/network\/v2.0\/routers\/([^/]+)\/add_router_interface$/, ({ body }, id = '') => joined(id, (body as { subnet_id: string }).subnet_id)],
    ['PUT', /^\/network\/v2.0\/routers\/([^/]+)\/remove_router_interface$/, ({ body }, id = '') => left(id, (body as { subnet_id: string }).subnet_id)],
    [
      'POST',
      /^\/network\/v2.0\/floatingips$/,
      ({ body }) => {
        const { port_id = null } = (body as { floatingip: { port_id?: string } }).floatingip;
        const floatingip: FloatingAddress = { ...seed.floating()[1]!, ...bound(port_id), id: crypto.randomUUID(), floating_ip_address: `203.0.113.${23 + cloud.floating.length}` };
        cloud.floating.push(floatingip);
        return { status: 201, body: { floatingip } };
      },
    ],
    [
      'PUT',
      /^\/network\/v2.0\/floatingips\/([^/]+)$/,
      ({ body }, id) => {
        const address = cloud.floating.find((each) => each.id === id);
        if (!address) return missing;
        Object.assign(address, bound((body as { floatingip: { port_id: string | null } }).floatingip.port_id));
        return { status: 200, body: { floatingip: address } };
      },
    ],
    ['DELETE', /^\/network\/v2.0\/floatingips\/([^/]+)$/, (_, id = '') => dropped(cloud.floating, id)],
    [
      'POST',
      /^\/network\/v2.0\/security-groups$/,
      ({ body }) => {
        const security_group: SecurityGroup = { ...(body as { security_group: SecurityGroup }).security_group, id: crypto.randomUUID(), security_group_rules: [] };
        cloud.groups.push(security_group);
        return { status: 201, body: { security_group } };
      },
    ],
    [
      'POST',
      /^\/network\/v2.0\/security-group-rules$/,
      ({ body }) => {
        const rule = seed.rule((body as { security_group_rule: Partial<Rule> }).security_group_rule);
        cloud.groups.find((each) => each.id === rule.security_group_id)?.security_group_rules.push(rule);
        return { status: 201, body: { security_group_rule: rule } };
      },
    ],
    [
      'DELETE',
      /^\/network\/v2.0\/security-group-rules\/([^/]+)$/,
      (_, id) => {
        for (const group of cloud.groups) group.security_group_rules = group.security_group_rules.filter((rule) => rule.id !== id);
        return gone;
      },
    ],
  ];
}

/** In a few words, as the service draws it. */
function topologyOf(cloud: FakeCloud) {
  const server = (port: Port) => port.device_owner.startsWith('compute');
  return {
    networks: cloud.networks.map(({ id, name, status, shared, project_id, ...rest }) => ({ id, name, status, own: project_id === 'p1', shared, external: rest['router:external'] })),
    subnets: cloud.subnets.map((one) => ({ id: one.id, networkId: one.network_id, name: one.name, ipVersion: one.ip_version, cidr: one.cidr, gateway: one.gateway_ip })),
    routers: cloud.routers.map((one) => ({ id: one.id, name: one.name, status: one.status, externalNetworkId: one.external_gateway_info?.network_id ?? null, externalAddresses: [] })),
    ports: cloud.ports.map((one) => ({
      id: one.id,
      networkId: one.network_id,
      name: one.name,
      status: one.status,
      macAddress: one.mac_address,
      addresses: one.fixed_ips.map((fixed) => fixed.ip_address),
      serverId: server(one) ? one.device_id : null,
      routerId: server(one) ? null : one.device_id,
    })),
    floatingAddresses: cloud.floating.map((one) => ({ id: one.id, address: one.floating_ip_address, networkId: one.floating_network_id, portId: one.port_id, fixedAddress: one.fixed_ip_address, routerId: one.router_id })),
    servers: cloud.servers.map(({ id, name, status }) => ({ id, name, status })),
  };
}

function createNetwork(cloud: FakeCloud, wanted: Network): FakeAnswer {
  const network = seed.network({ ...wanted, id: crypto.randomUUID(), subnets: [] });
  cloud.networks.push(network);
  return { status: 201, body: { network } };
}

function createSubnet(cloud: FakeCloud, wanted: Subnet): FakeAnswer {
  const subnet = seed.subnet({ ...wanted, id: crypto.randomUUID() });
  cloud.subnets.push(subnet);
  cloud.networks.find((network) => network.id === subnet.network_id)?.subnets.push(subnet.id);
  return { status: 201, body: { subnet } };
}

function listPorts(cloud: FakeCloud, query: URLSearchParams): FakeAnswer {
  const ports = cloud.ports.filter((port) =>
    (['device_id', 'network_id'] as const).every((field) => query.get(field) === null || query.get(field) === port[field]),
  );
  return { status: 200, body: { ports } };
}

function createRouter(cloud: FakeCloud, wanted: Router): FakeAnswer {
  const router: Router = { ...wanted, id: crypto.randomUUID(), status: 'ACTIVE' };
  cloud.routers.push(router);
  return { status: 201, body: { router } };
}

function readGroup(cloud: FakeCloud, id: string | undefined): FakeAnswer {
  const group = cloud.groups.find((each) => each.id === id);
  return group ? { status: 200, body: { security_group: group } } : { status: 404, body: { NeutronError: { type: 'x', message: 'No such group.', detail: '' } } };
}
