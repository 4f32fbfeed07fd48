// The network API's actions in the words of the `openstack` client.
import { option, own } from './computeWords';
import type { Naming, NewRule, NewSubnet, RouterChange } from './network';

export function subnetWords(subnet: NewSubnet): string[] {
  const words = ['subnet', 'create', '--network', subnet.network_id, '--ip-version', String(subnet.ip_version), '--subnet-range', subnet.cidr];
  for (const server of subnet.dns_nameservers ?? []) words.push('--dns-nameserver', server);
  if (subnet.ipv6_ra_mode) words.push('--ipv6-ra-mode', subnet.ipv6_ra_mode);
  if (subnet.ipv6_address_mode) words.push('--ipv6-address-mode', subnet.ipv6_address_mode);
  return [...words, ...own(subnet.name)];
}

export const gatewayWords = (router: RouterChange): string[] =>
  router.external_gateway_info ? ['--external-gateway', router.external_gateway_info.network_id] : [];

/** To take a gateway away is a command of its own. */
export const namingWords = ({ name, description }: Naming): string[] => [
  ...(name === undefined ? [] : option('--name', name)),
  ...(description === undefined ? [] : option('--description', description)),
];

export function routerWords(id: string, router: RouterChange): string[][] {
  const set = [...namingWords(router), ...gatewayWords(router)];
  return [
    ...(set.length > 0 ? [['router', 'set', ...set, id]] : []),
    ...(router.external_gateway_info === null ? [['router', 'unset', '--external-gateway', id]] : []),
  ];
}

/** The client says "from everywhere" in words of its own where no remote is given; the rule is the same. */
export function ruleWords(rule: Partial<NewRule>): string[] {
  const words = ['security', 'group', 'rule', 'create', rule.direction === 'egress' ? '--egress' : '--ingress'];
  if (rule.ethertype) words.push('--ethertype', rule.ethertype);
  words.push('--protocol', rule.protocol ?? 'any');
  const first = rule.port_range_min ?? null;
  const last = rule.port_range_max ?? null;
  if (rule.protocol?.includes('icmp')) {
    if (first !== null) words.push('--icmp-type', String(first));
    if (last !== null) words.push('--icmp-code', String(last));
  } else if (first !== null) words.push('--dst-port', first === last ? String(first) : `${first}:${last}`);
  if (rule.remote_ip_prefix) words.push('--remote-ip', rule.remote_ip_prefix);
  if (rule.remote_group_id) words.push('--remote-group', rule.remote_group_id);
  if (rule.description) words.push(...option('--description', rule.description));
  return [...words, rule.security_group_id ?? ''];
}
