// What the fake cloud's visitors change in their networks: ranges, routers, floating addresses, security groups and their rules.
import type { FloatingAddress, Port, Router, Rule, SecurityGroup } from '../../src/api/network';
import type { FakeAnswer, FakeCloud, Route } from './cloud.ts';
import * as seed from './seed.ts';

const gone: FakeAnswer = { status: 204 };
const missing: FakeAnswer = { status: 404, body: { NeutronError: { type: 'NotFound', message: 'It does not exist.', detail: '' } } };

export function networkChanges(cloud: FakeCloud): Route[] {
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
