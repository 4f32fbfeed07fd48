// What a port's security groups say to a packet: as the service builds its firewall of them. Everything that no rule admits is refused.
import type { AddressGroup, Port, Rule, SecurityGroup } from '../../api/network';
import { holds, isEverything, parseIp, type Ip } from './ip';

export type Protocol = 'tcp' | 'udp' | 'icmp';

export interface Packet {
  direction: Rule['direction'];
  version: 4 | 6;
  /** The other end; null: anybody on the internet. */
  remote: Ip | null;
  protocol: Protocol;
  /** Where it goes; null: for ping, or any of those that programs take for themselves. */
  port: number | null;
  /** Whether it answers another: it goes to a port that the other end has taken for itself. */
  reply?: boolean;
}

export interface Groups {
  groups: readonly SecurityGroup[];
  addressGroups: readonly AddressGroup[];
  ports: readonly Port[];
}

export type Judgement =
  | { verdict: 'unguarded' }
  | { verdict: 'open'; group: SecurityGroup; rule: Rule }
  /** Only some of the internet's addresses may. */
  | { verdict: 'partly'; group: SecurityGroup; rules: Rule[] }
  | { verdict: 'closed'; groups: SecurityGroup[] }
  /** A group is another project's, and its rules cannot be seen. */
  | { verdict: 'unknown'; groups: string[] };

/** Ports that programs take for themselves: those of Linux, which other systems' lie around. */
const TAKEN = { from: 32_768, to: 60_999 };
/** Echo request. */
const PING = { 4: 8, 6: 128 } as const;
/** Echo reply. */
const PONG = { 4: 0, 6: 129 } as const;

const NUMBERS: Record<string, number> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58, 'ipv6-icmp': 58 };
const numberOf = (protocol: string) => NUMBERS[protocol] ?? Number(protocol);

function wants({ protocol, version }: Packet): number {
  if (protocol === 'icmp') return version === 4 ? 1 : 58;
  return numberOf(protocol);
}

/** Whether the rule is about such packets, whoever is at the other end. */
function concerns(rule: Rule, packet: Packet): boolean {
  if (rule.direction !== packet.direction || rule.ethertype !== `IPv${packet.version}`) return false;
  if (rule.protocol === null) return true;
  if (numberOf(rule.protocol) !== wants(packet)) return false;
  const { port_range_min: from, port_range_max: to } = rule;
  if (packet.protocol === 'icmp') {
    // Type and code stand where others have ports.
    return (from === null || from === (packet.reply ? PONG : PING)[packet.version]) && (to === null || to === 0);
  }
  if (from === null || to === null) return true;
  return packet.reply ? from <= TAKEN.from && to >= TAKEN.to : packet.port !== null && from <= packet.port && packet.port <= to;
}

function ranges(rule: Rule, { addressGroups, ports }: Groups): string[] {
  if (rule.remote_ip_prefix) return [rule.remote_ip_prefix];
  if (rule.remote_group_id) {
    return ports.filter((port) => port.security_groups.includes(rule.remote_group_id!)).flatMap((port) => port.fixed_ips.map((fixed) => fixed.ip_address));
  }
  if (rule.remote_address_group_id) return addressGroups.find((group) => group.id === rule.remote_address_group_id)?.addresses ?? [];
  return ['0.0.0.0/0', '::/0'];
}

function fits(rule: Rule, { remote, version }: Packet, known: Groups): 'yes' | 'some' | 'no' {
  const all = ranges(rule, known);
  if (remote) return all.some((range) => isOf(range, version) && (isEverything(range) || holds(range, remote))) ? 'yes' : 'no';
  if (all.some((range) => isOf(range, version) && isEverything(range))) return 'yes';
  // Servers of a group are not the internet.
  return rule.remote_group_id === null && all.some((range) => isOf(range, version)) ? 'some' : 'no';
}

const isOf = (range: string, version: 4 | 6) => parseIp(range.split('/')[0]!)?.version === version;

export function judge(port: Port, packet: Packet, known: Groups): Judgement {
  if (port.port_security_enabled === false) return { verdict: 'unguarded' };
  const mine = port.security_groups.map((id) => known.groups.find((group) => group.id === id) ?? id);
  const seen = mine.filter((group): group is SecurityGroup => typeof group !== 'string');
  let some: Judgement | null = null;
  for (const group of seen) {
    const about = group.security_group_rules.filter((rule) => concerns(rule, packet));
    const open = about.find((rule) => fits(rule, packet, known) === 'yes');
    if (open) return { verdict: 'open', group, rule: open };
    const partly = about.filter((rule) => fits(rule, packet, known) === 'some');
    if (partly.length > 0) some ??= { verdict: 'partly', group, rules: partly };
  }
  const unseen = mine.filter((group): group is string => typeof group === 'string');
  if (unseen.length > 0) return { verdict: 'unknown', groups: unseen };
  return some ?? { verdict: 'closed', groups: seen };
}
