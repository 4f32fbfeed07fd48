// Firewall rules: common ones by name, what a rule says, and whether a group of them lets anybody log in.
import type { NewRule, Rule, SecurityGroup } from '../../api/network';

export const PRESETS = {
  ssh: { protocol: 'tcp', from: 22, to: 22 },
  http: { protocol: 'tcp', from: 80, to: 80 },
  https: { protocol: 'tcp', from: 443, to: 443 },
  rdp: { protocol: 'tcp', from: 3389, to: 3389 },
  dns: { protocol: 'udp', from: 53, to: 53 },
  ping: { protocol: 'icmp', from: null, to: null },
  tcp: { protocol: 'tcp', from: null, to: null },
  udp: { protocol: 'udp', from: null, to: null },
  all: { protocol: null, from: null, to: null },
} as const;

export type Preset = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

/** Rules that let everybody log in by SSH and ping, over IPv4 and IPv6. */
export function openRules(groupId: string): Partial<NewRule>[] {
  return (['IPv4', 'IPv6'] as const).flatMap((ethertype) => {
    const common = { security_group_id: groupId, direction: 'ingress' as const, ethertype };
    return [
      { ...common, protocol: 'tcp', port_range_min: 22, port_range_max: 22 },
      { ...common, protocol: ethertype === 'IPv4' ? 'icmp' : 'ipv6-icmp' },
    ];
  });
}

function admits(rule: Rule, protocol: string, port: number): boolean {
  return (
    rule.direction === 'ingress' &&
    rule.remote_group_id === null &&
    (rule.protocol === null || rule.protocol === protocol) &&
    (rule.port_range_min === null || rule.port_range_min <= port) &&
    (rule.port_range_max === null || rule.port_range_max >= port)
  );
}

/** Whether some address outside of the groups themselves may reach SSH. */
export function admitsLogIn(groups: readonly SecurityGroup[]): boolean {
  return groups.some((group) => group.security_group_rules.some((rule) => admits(rule, 'tcp', 22)));
}

/** "22", "8000–8080", or empty where every port is meant. */
export function portsOf(rule: Rule): string {
  if (rule.port_range_min === null) return '';
  if (rule.port_range_max === null || rule.port_range_max === rule.port_range_min) return String(rule.port_range_min);
  return `${rule.port_range_min}–${rule.port_range_max}`;
}

/** The everyday name of what a rule admits, where it has one. */
export function presetOf(rule: Rule): Preset | null {
  return (
    PRESET_NAMES.find((name) => {
      const preset = PRESETS[name];
      const protocol = rule.protocol === 'ipv6-icmp' || rule.protocol === 'icmpv6' ? 'icmp' : rule.protocol;
      return preset.protocol === protocol && preset.from === rule.port_range_min && preset.to === rule.port_range_max;
    }) ?? null
  );
}

/** An address range as the API takes it: IPv4 or IPv6 with a prefix length; null when it is none. */
export function parseRange(text: string): { ethertype: 'IPv4' | 'IPv6'; prefix: string } | null {
  const [address = '', length, ...rest] = text.trim().split('/');
  if (rest.length > 0) return null;
  const version = isIpv4(address) ? 4 : isIpv6(address) ? 6 : null;
  if (version === null) return null;
  const longest = version === 4 ? 32 : 128;
  const prefix = length === undefined ? longest : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (prefix < 0 || prefix > longest) return null;
  return { ethertype: version === 4 ? 'IPv4' : 'IPv6', prefix: `${address}/${prefix}` };
}

export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

export function isIpv6(text: string): boolean {
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':')) return false;
  try {
    return new URL(`http://[${text}]/`).hostname.length > 2;
  } catch {
    return false;
  }
}
