// What a group's rules come to, as few sentences: rules of both IP versions, neighbouring ports and what is covered by others are put together.
import type { Rule, SecurityGroup } from '../../api/network';

/** Who is at the other end. */
export type Who = { kind: 'anyone' } | { kind: 'range'; range: string } | { kind: 'group'; id: string } | { kind: 'addresses'; id: string };

export type What =
  | { kind: 'all' }
  | { kind: 'ping' }
  | { kind: 'icmp' }
  /** no ranges: all ports */
  | { kind: 'ports'; protocol: string; ranges: [number, number][] }
  | { kind: 'protocol'; protocol: string };

export interface Sentence {
  who: Who;
  what: What[];
  /** The only one that it is about, where it is not about both. */
  only: 4 | 6 | null;
}

type Version = 4 | 6;
const ALL = '*';
const WHOLE: [number, number] = [0, 65_535];
const PING = new Set([8, 128]);

/** Of one protocol: which ports, or ICMP types. */
type Ranges = Map<string, [number, number][]>;

const whoOf = (rule: Rule): Who => {
  if (rule.remote_group_id) return { kind: 'group', id: rule.remote_group_id };
  if (rule.remote_address_group_id) return { kind: 'addresses', id: rule.remote_address_group_id };
  const range = rule.remote_ip_prefix;
  return !range || range.endsWith('/0') ? { kind: 'anyone' } : { kind: 'range', range };
};

const keyOf = (who: Who) => (who.kind === 'anyone' ? 'anyone' : who.kind === 'range' ? `range ${who.range}` : `${who.kind} ${who.id}`);

const protocolOf = ({ protocol }: Rule) => (protocol === null ? ALL : ['icmp', 'icmpv6', 'ipv6-icmp', '1', '58'].includes(protocol) ? 'icmp' : protocol === '6' ? 'tcp' : protocol === '17' ? 'udp' : protocol);

function merged(ranges: readonly [number, number][]): [number, number][] {
  const found: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((left, right) => left[0] - right[0])) {
    const last = found.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

const covers = (outer: readonly [number, number][], [from, to]: [number, number]) => outer.some((one) => one[0] <= from && to <= one[1]);

export function summarize(group: SecurityGroup, direction: Rule['direction']): Sentence[] {
  const whos = new Map<string, Who>();
  const said = new Map<string, Record<Version, Ranges>>();
  for (const rule of group.security_group_rules.filter((one) => one.direction === direction)) {
    const who = whoOf(rule);
    const key = keyOf(who);
    whos.set(key, who);
    const versions = said.get(key) ?? { 4: new Map(), 6: new Map() };
    said.set(key, versions);
    const ranges = versions[rule.ethertype === 'IPv4' ? 4 : 6];
    const from = rule.port_range_min;
    // An ICMP type stands alone: what stands for the last port is its code.
    const range: [number, number] = from === null ? WHOLE : protocolOf(rule) === 'icmp' ? [PING.has(from) ? 8 : from, PING.has(from) ? 8 : from] : [from, rule.port_range_max ?? from];
    ranges.set(protocolOf(rule), merged([...(ranges.get(protocolOf(rule)) ?? []), range]));
  }
  const anyone = said.get('anyone');
  for (const [key, versions] of said) {
    for (const version of [4, 6] as const) prune(versions[version], key === 'anyone' ? undefined : anyone?.[version]);
  }
  return [...said].sort(([left], [right]) => Number(right === 'anyone') - Number(left === 'anyone')).flatMap(([key, versions]) => sentences(whos.get(key)!, versions));
}

/** Takes away what everything else of the same covers, or what anybody may in any case. */
function prune(ranges: Ranges, anyone: Ranges | undefined): void {
  if (ranges.has(ALL)) for (const protocol of ranges.keys()) if (protocol !== ALL) ranges.delete(protocol);
  if (!anyone) return;
  for (const [protocol, own] of ranges) {
    const left = anyone.has(ALL) ? [] : own.filter((range) => !covers(anyone.get(protocol) ?? [], range));
    if (left.length === 0) ranges.delete(protocol);
    else ranges.set(protocol, left);
  }
}

function sentences(who: Who, versions: Record<Version, Ranges>): Sentence[] {
  const words = (ranges: Ranges) => new Map([...ranges].map(([protocol, own]) => [`${protocol} ${own.join(';')}`, whatOf(protocol, own)]));
  const [four, six] = [words(versions[4]), words(versions[6])];
  // A range or a list of addresses says by itself which version it is of.
  if (who.kind !== 'anyone' && who.kind !== 'group') {
    const what = [...new Map([...four, ...six]).values()].flat();
    return what.length > 0 ? [{ who, what, only: null }] : [];
  }
  const both = [...four].filter(([key]) => six.has(key)).flatMap(([, what]) => what);
  const onlyFour = [...four].filter(([key]) => !six.has(key)).flatMap(([, what]) => what);
  const onlySix = [...six].filter(([key]) => !four.has(key)).flatMap(([, what]) => what);
  const all: Sentence[] = [
    { who, what: both, only: null },
    { who, what: onlyFour, only: 4 },
    { who, what: onlySix, only: 6 },
  ];
  return all.filter((sentence) => sentence.what.length > 0);
}

function whatOf(protocol: string, ranges: [number, number][]): What[] {
  if (protocol === ALL) return [{ kind: 'all' }];
  const whole = covers(ranges, WHOLE);
  if (protocol === 'icmp') return [whole || ranges.some(([type]) => type !== 8) ? { kind: 'icmp' } : { kind: 'ping' }];
  if (['tcp', 'udp', 'sctp'].includes(protocol)) return [{ kind: 'ports', protocol, ranges: whole ? [] : ranges }];
  return [{ kind: 'protocol', protocol }];
}

/** Doors to a whole machine, which should be open to few. */
const DOORS = [22, 3389];

/** Whether anybody may reach what only those should who look after the servers. */
export function isWide({ who, what }: Sentence): boolean {
  return who.kind === 'anyone' && what.some((one) => one.kind === 'all' || (one.kind === 'ports' && one.protocol === 'tcp' && (one.ranges.length === 0 || DOORS.some((door) => covers(one.ranges, [door, door])))));
}
