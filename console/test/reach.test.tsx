import { render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Port, Rule, SecurityGroup } from '../src/api/network';
import { App } from '../src/app/App';
import { speak, type Language } from '../src/i18n';
import { holds, parseIp } from '../src/pages/reach/ip';
import { judge, type Packet } from '../src/pages/reach/judge';
import { addressesOf, reach, type Estate, type From, type Question } from '../src/pages/reach/reach';
import { isWide, summarize } from '../src/pages/securitygroups/summary';
import { FakeCloud } from './fake/cloud.ts';
import { stubFetch } from './fake/fetch.ts';
import * as seed from './fake/seed.ts';

const { rule } = seed;
const group = (id: string, rules: Rule[], part: Partial<SecurityGroup> = {}): SecurityGroup => ({ id, name: id, description: '', security_group_rules: rules, ...part });
const egress = () => [rule({ direction: 'egress' }), rule({ direction: 'egress', ethertype: 'IPv6' })];

/** front: web-1 (10.1.0.5, floating), web-2; back: database, behind the router r1 with a way out. */
function estate(part: Partial<Estate> = {}): Estate {
  return {
    servers: seed.servers(),
    ports: seed.ports(),
    groups: seed.groups(),
    addressGroups: [],
    networks: seed.networks(),
    // The seed's ports lie on subnets called after their networks.
    subnets: [seed.subnet({ id: 'sn1' }), seed.subnet({ id: 'sn2', network_id: 'n2', cidr: '10.2.0.0/24', gateway_ip: '10.2.0.1' })],
    routers: seed.routers(),
    floating: seed.floating(),
    ...part,
  };
}

const ask = (part: Partial<Question>): Question => ({ from: { kind: 'internet' }, to: { server: 's1', address: '203.0.113.21' }, protocol: 'tcp', port: 22, ...part });
const from = (id: string): From => ({ kind: 'server', id });
const names = (answer: ReturnType<typeof reach>) => answer.steps.map((step) => step.name);
const guard = (ports: Port[], groups: string[]) => ports.map((port) => (port.device_owner.startsWith('compute') ? { ...port, security_groups: groups } : port));

describe('an address', () => {
  it('is in a range when their first bits agree', () => {
    expect(holds('10.1.0.0/24', parseIp('10.1.0.255')!)).toBe(true);
    expect(holds('10.1.0.0/24', parseIp('10.1.1.0')!)).toBe(false);
    expect(holds('2001:db8::/32', parseIp('2001:db8:ffff::1')!)).toBe(true);
    expect(holds('2001:db8::/32', parseIp('2001:db9::')!)).toBe(false);
    expect(holds('0.0.0.0/0', parseIp('::1')!)).toBe(false);
    expect(holds('10.1.0.5', parseIp('10.1.0.5')!)).toBe(true);
    expect(parseIp('fd00:2::9')!.value).toBe(0xfd00_0002_0000_0000_0000_0000_0000_0009n);
    expect(parseIp('10.1')).toBeNull();
  });
});

describe('a judgement', () => {
  const port: Port = { ...seed.ports()[0]!, security_groups: ['g'] };
  const packet: Packet = { direction: 'ingress', version: 4, remote: parseIp('198.51.100.7'), protocol: 'tcp', port: 22 };
  const said = (rules: Partial<Rule>[], part: Partial<Packet> = {}, addressGroups: Estate['addressGroups'] = [], ports: Port[] = []) =>
    judge(port, { ...packet, ...part }, { groups: [group('g', rules.map(rule))], addressGroups, ports }).verdict;

  it.each<[string, Partial<Rule>[], Partial<Packet>, string]>([
    ['nothing admits what no rule names', [], {}, 'closed'],
    ['a rule without anything admits everything of its version', [{}], {}, 'open'],
    ['and nothing of the other version', [{ ethertype: 'IPv6' }], {}, 'closed'],
    ['a rule is for its direction', [{ direction: 'egress' }], {}, 'closed'],
    ['a rule is for its protocol', [{ protocol: 'udp' }], {}, 'closed'],
    ['a protocol may be a number', [{ protocol: '6' }], {}, 'open'],
    ['the first port counts', [{ protocol: 'tcp', port_range_min: 22, port_range_max: 30 }], {}, 'open'],
    ['the last port counts', [{ protocol: 'tcp', port_range_min: 10, port_range_max: 22 }], {}, 'open'],
    ['the next does not', [{ protocol: 'tcp', port_range_min: 23, port_range_max: 30 }], {}, 'closed'],
    ['a range is for its addresses', [{ remote_ip_prefix: '198.51.100.0/24' }], {}, 'open'],
    ['and for no others', [{ remote_ip_prefix: '203.0.113.0/24' }], {}, 'closed'],
    ['everybody is more than a range', [{ remote_ip_prefix: '203.0.113.0/24' }], { remote: null }, 'partly'],
    ['all addresses are everybody', [{ remote_ip_prefix: '0.0.0.0/0' }], { remote: null }, 'open'],
    ['servers of a group are not the internet', [{ remote_group_id: 'g' }], { remote: null }, 'closed'],
    ['ping is ICMP', [{ protocol: 'icmp' }], { protocol: 'icmp', port: null }, 'open'],
    ['ping is type 8', [{ protocol: 'icmp', port_range_min: 8, port_range_max: 0 }], { protocol: 'icmp', port: null }, 'open'],
    ['ping is not type 3', [{ protocol: 'icmp', port_range_min: 3 }], { protocol: 'icmp', port: null }, 'closed'],
  ])('%s', (_, rules, part, verdict) => expect(said(rules, part)).toBe(verdict));

  it('knows the members of a group and of a list of addresses', () => {
    const member = { ...port, id: 'm', security_groups: ['friends'], fixed_ips: [{ subnet_id: 's', ip_address: '198.51.100.7' }] };
    expect(said([{ remote_group_id: 'friends' }], {}, [], [member])).toBe('open');
    expect(said([{ remote_group_id: 'friends' }], { remote: parseIp('198.51.100.8') }, [], [member])).toBe('closed');
    expect(said([{ remote_address_group_id: 'a' }], {}, [{ id: 'a', name: 'a', addresses: ['198.51.100.0/28'] }])).toBe('open');
    expect(said([{ remote_address_group_id: 'a' }], { remote: null }, [{ id: 'a', name: 'a', addresses: ['198.51.100.0/28'] }])).toBe('partly');
  });

  it('does not look where nothing is guarded, and does not guess what it cannot see', () => {
    expect(judge({ ...port, port_security_enabled: false }, packet, { groups: [], addressGroups: [], ports: [] }).verdict).toBe('unguarded');
    expect(judge(port, packet, { groups: [], addressGroups: [], ports: [] }).verdict).toBe('unknown');
    expect(judge({ ...port, security_groups: [] }, packet, { groups: [], addressGroups: [], ports: [] }).verdict).toBe('closed');
  });
});

describe('could one reach another', () => {
  it('from the internet by a floating address, as far as the rules let', () => {
    const closed = reach(estate(), ask({}));
    expect(closed.verdict).toBe('no');
    expect(names(closed)).toEqual(['floating', 'ingressClosed']);
    expect(closed.steps[1]).toMatchObject({ verdict: 'stop', to: '/security-groups/g1', values: { groups: 'default' } });
    const web = estate({ ports: guard(seed.ports(), ['g2']) });
    expect(reach(web, ask({ port: 443 })).verdict).toBe('yes');
    expect(reach(web, ask({ port: 22 })).verdict).toBe('partly');
    expect(reach(web, ask({ port: 22, from: { kind: 'address', address: '198.51.100.9' } })).verdict).toBe('yes');
    expect(reach(web, ask({ port: 22, from: { kind: 'address', address: '192.0.2.9' } })).verdict).toBe('no');
  });

  it('not by a private address from outside', () => {
    expect(names(reach(estate({ ports: guard(seed.ports(), ['g2']) }), ask({ port: 443, to: { server: 's2', address: '10.1.0.6' } })))).toEqual(['private', 'ingressOpen']);
  });

  it('within a subnet and by the router, where groups admit their members', () => {
    expect(reach(estate(), ask({ from: from('s2'), to: { server: 's1', address: '10.1.0.5' } }))).toMatchObject({ verdict: 'yes', steps: [{ name: 'egressOpen' }, { name: 'sameSubnet' }, { name: 'ingressOpen' }] });
    expect(names(reach(estate(), ask({ from: from('s2'), to: { server: 's3', address: '10.2.0.9' } })))).toEqual(['egressOpen', 'routed', 'ingressOpen']);
  });

  it('not where no router leads, none finds back, or it is off', () => {
    const question = ask({ from: from('s2'), to: { server: 's3', address: '10.2.0.9' } });
    const without = (id: string) => seed.ports().filter((port) => port.id !== id);
    expect(names(reach(estate({ ports: without('po6') }), question))).toContain('noRouter');
    const [front, back] = estate().subnets;
    expect(names(reach(estate({ subnets: [front!, { ...back!, gateway_ip: null }] }), question))).toContain('noReturn');
    expect(names(reach(estate({ routers: [{ ...seed.routers()[0]!, admin_state_up: false }] }), question))).toContain('routerOff');
  });

  it('not on a network that is off, which is said once', () => {
    const off = estate({ networks: seed.networks().map((network) => ({ ...network, admin_state_up: network.id !== 'n1' })) });
    const beside = reach(off, ask({ from: from('s2'), to: { server: 's1', address: '10.1.0.5' } }));
    expect(beside.verdict).toBe('no');
    expect(names(beside).filter((name) => name === 'networkOff')).toHaveLength(1);
    expect(names(reach(off, ask({})))).toContain('networkOff');
  });

  it('by the internet\'s side as the address that the router gives, which group rules do not know', () => {
    const answer = reach(estate(), ask({ from: from('s3') }));
    expect(names(answer)).toEqual(['egressOpen', 'out', 'floating', 'ingressClosed']);
    expect(answer.steps[1]!.values['address']).toBe('203.0.113.9');
    const off = seed.routers().map((router) => ({ ...router, external_gateway_info: null }));
    expect(names(reach(estate({ routers: off }), ask({ from: from('s3') })))).toContain('noWayOut');
  });

  it('not what is off, nor by a version that it does not have', () => {
    expect(names(reach(estate(), ask({ from: from('s1'), to: { server: 's4', address: '10.2.0.10' } })))).toContain('off');
    const v6 = estate({ ports: seed.ports().map((port) => (port.id === 'po3' ? { ...port, fixed_ips: [{ subnet_id: 'sn3', ip_address: 'fd00:2::9' }] } : port)), subnets: [...estate().subnets, seed.subnets()[3]!] });
    expect(names(reach(v6, ask({ from: from('s2'), to: { server: 's3', address: 'fd00:2::9' } })))).toEqual(['version']);
  });

  it('with answers that need rules of their own where a group forgets', () => {
    const groups = [group('g1', [...egress(), rule({ protocol: 'tcp' })], { stateful: false })];
    const out = reach(estate({ groups }), ask({ from: from('s2'), to: { server: 's1', address: '10.1.0.5' } }));
    expect(out.verdict).toBe('yes');
    expect(names(out)).toEqual(['egressOpen', 'sameSubnet', 'ingressOpen', 'replyOpen', 'replyOpen']);
    const narrow = [group('g1', [...egress(), rule({ protocol: 'tcp', port_range_min: 22, port_range_max: 22 })], { stateful: false })];
    expect(names(reach(estate({ groups: narrow }), ask({ from: from('s2'), to: { server: 's1', address: '10.1.0.5' } })))).toContain('replyClosed');
  });

  it('names the addresses of a server, its floating ones last', () => {
    expect(addressesOf(estate(), 's1').map((one) => one.address)).toEqual(['10.1.0.5', '10.2.0.44', '203.0.113.21']);
  });
});

describe('a group in plain words', () => {
  const summary = (rules: Partial<Rule>[]) => summarize(group('g', rules.map(rule)), 'ingress');

  it('puts both versions, neighbouring ports and ICMP of both together', () => {
    const tcp = (from: number, to: number, ethertype: Rule['ethertype'] = 'IPv4') => ({ protocol: 'tcp', port_range_min: from, port_range_max: to, ethertype });
    expect(summary([tcp(80, 80), tcp(81, 90), tcp(80, 90, 'IPv6'), { protocol: 'icmp' }, { protocol: 'ipv6-icmp', ethertype: 'IPv6' }])).toEqual([
      { who: { kind: 'anyone' }, what: [{ kind: 'ports', protocol: 'tcp', ranges: [[80, 90]] }, { kind: 'icmp' }], only: null },
    ]);
  });

  it('says where only one version may', () => {
    expect(summary([{ protocol: 'tcp', port_range_min: 22, port_range_max: 22, remote_ip_prefix: '0.0.0.0/0' }])).toMatchObject([{ who: { kind: 'anyone' }, only: 4 }]);
  });

  it('leaves out what anybody may in any case', () => {
    expect(summary([{}, { protocol: 'tcp', port_range_min: 22, port_range_max: 22, remote_ip_prefix: '198.51.100.0/24' }])).toEqual([{ who: { kind: 'anyone' }, what: [{ kind: 'all' }], only: 4 }]);
  });

  it('knows what should not be open to all', () => {
    const [ssh] = summary([{ protocol: 'tcp', port_range_min: 20, port_range_max: 25 }]);
    const [web] = summary([{ protocol: 'tcp', port_range_min: 443, port_range_max: 443 }]);
    expect([isWide(ssh!), isWide(web!)]).toEqual([true, false]);
  });

  /** What the sentences admit is what the rules admit: for random sets of rules, packet by packet. */
  it('admits what its rules admit, whatever they are', () => {
    let state = 42;
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
    const port: Port = { ...seed.ports()[0]!, security_groups: ['g'] };
    for (let round = 0; round < 200; round++) {
      const rules = Array.from({ length: 1 + random(6) }, () => {
        const protocol = ['tcp', 'udp', null][random(3)]!;
        const from = 1 + random(9);
        const whole = protocol === null || random(4) === 0;
        return rule({ protocol, ...(whole ? {} : { port_range_min: from, port_range_max: from + random(4) }), remote_ip_prefix: [null, '198.51.100.0/24', '0.0.0.0/0'][random(3)]! });
      });
      const known = { groups: [group('g', rules)], addressGroups: [], ports: [] };
      const sentences = summarize(known.groups[0]!, 'ingress');
      for (const address of ['198.51.100.7', '192.0.2.7']) {
        for (const protocol of ['tcp', 'udp'] as const) {
          for (let to = 1; to <= 13; to++) {
            const admitted = judge(port, { direction: 'ingress', version: 4, remote: parseIp(address), protocol, port: to }, known).verdict === 'open';
            const told = sentences.some(
              ({ who, what }) =>
                (who.kind === 'anyone' || (who.kind === 'range' && holds(who.range, parseIp(address)!))) &&
                what.some((one) => one.kind === 'all' || (one.kind === 'ports' && one.protocol === protocol && (one.ranges.length === 0 || one.ranges.some(([first, last]) => first <= to && to <= last)))),
            );
            expect([rules, address, protocol, to, told]).toEqual([rules, address, protocol, to, admitted]);
          }
        }
      }
    }
  });
});

describe('the pages', () => {
  let cloud: FakeCloud;
  const open = async (path: string, language: Language) => {
    window.history.replaceState(null, '', path);
    render(<App language={language} messages={await speak(language)} />);
  };

  beforeEach(() => {
    cloud = new FakeCloud();
    stubFetch(cloud);
  });

  it('answer a question that stands in the address, in Japanese', async () => {
    await open('/reach?to=s1&port=22', 'ja');
    await screen.findByText('接続できません');
    expect(screen.getByText('フローティング IP アドレス 203.0.113.21 から 10.1.0.5 に転送されます。')).toBeTruthy();
    expect(screen.getByText('遮断している設定を開く').closest('a')!.getAttribute('href')).toBe('/security-groups/g1');
  });

  it('say a group in plain words', async () => {
    await open('/security-groups/g2', 'en');
    await screen.findByText('Anybody on the internet may reach TCP 80 (HTTP), 443 (HTTPS), ICMP with ping (IPv4 only).');
    expect(screen.getByText('198.51.100.0/24 may reach TCP 22 (SSH).')).toBeTruthy();
  });
});
