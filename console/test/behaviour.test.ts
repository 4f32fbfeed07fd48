import { Blob as NodeBlob } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { consoleToken } from '../src/api/compute';
import { sentence } from '../src/api/http';
import { judge } from '../src/app/goal';
import { programOf } from '../src/pages/access/program';
import { strokesOf } from '../src/pages/console/keyboards';
import { inspect } from '../src/pages/images/inspect';
import { freeRange } from '../src/pages/networks/ranges';
import { draftRules, emptyRule, parsePorts, problemOfRule } from '../src/pages/securitygroups/ruleDraft';
import { admitsLogIn, parseRange, portsOf, presetOf } from '../src/pages/securitygroups/rules';
import { allows, conditionOf } from '../src/pages/servers/condition';
import { layOut } from '../src/pages/topology/layout';
import { beginOf, dayOf, endOf } from '../src/pages/evidence/days';
import { formatBytes, formatTime } from '../src/ui/format';
import { momentOf } from '../src/ui/zone';
import * as seed from './fake/seed.ts';

describe('the state of a server', () => {
  it('is the task under way before the status it started from', () => {
    expect(conditionOf(seed.server({ status: 'SHUTOFF', 'OS-EXT-STS:task_state': 'powering-on' }))).toBe('starting');
    expect(conditionOf(seed.server({ status: 'ACTIVE', 'OS-EXT-STS:task_state': 'deleting' }))).toBe('deleting');
    expect(conditionOf(seed.server({ status: 'SHUTOFF' }))).toBe('stopped');
  });

  it('says what can be asked of it', () => {
    expect(allows(seed.server({ status: 'SHUTOFF' }), 'start')).toBe(true);
    expect(allows(seed.server(), 'start')).toBe(false);
    expect(allows(seed.server({ status: 'SHUTOFF' }), 'stop')).toBe(false);
    expect(allows(seed.server({ status: 'ERROR' }), 'delete')).toBe(true);
    expect(allows(seed.server({ 'OS-EXT-STS:task_state': 'deleting' }), 'delete')).toBe(false);
  });
});

describe('a server that stands still', () => {
  it('is asked only for the way back', () => {
    const cases = [
      ['PAUSED', 'paused', 'unpause'],
      ['SUSPENDED', 'suspended', 'resume'],
      ['RESCUE', 'rescued', 'unrescue'],
      ['VERIFY_RESIZE', 'resized', 'revertResize'],
      ['SHELVED_OFFLOADED', 'shelved', 'unshelve'],
      ['SOFT_DELETED', 'restorable', 'restore'],
    ] as const;
    for (const [status, condition, back] of cases) {
      const server = seed.server({ status });
      expect(conditionOf(server)).toBe(condition);
      expect(allows(server, back)).toBe(true);
      expect(allows(server, 'start')).toBe(false);
      expect(allows(server, 'resize')).toBe(false);
      expect(allows(seed.server(), back)).toBe(false);
    }
  });

  it('is there when its state is reached, and a snapshot when no task is left', () => {
    expect(judge('suspend', seed.server({ 'OS-EXT-STS:task_state': 'suspending' }))).toBe('going');
    expect(judge('suspend', seed.server({ status: 'SUSPENDED' }))).toBe('done');
    expect(judge('resize', seed.server({ status: 'VERIFY_RESIZE' }))).toBe('done');
    expect(judge('snapshot', seed.server({ 'OS-EXT-STS:task_state': 'image_uploading' }))).toBe('going');
    expect(judge('snapshot', seed.server())).toBe('done');
    expect(judge('delete', seed.server({ status: 'SOFT_DELETED' }))).toBe('done');
  });
});

describe('what was asked of a server', () => {
  it('is done when the state is reached and no task is left', () => {
    expect(judge('create', seed.server({ status: 'BUILD', 'OS-EXT-STS:task_state': 'spawning' }))).toBe('going');
    expect(judge('create', seed.server())).toBe('done');
    expect(judge('stop', seed.server({ 'OS-EXT-STS:task_state': 'powering-off' }))).toBe('going');
    expect(judge('stop', seed.server({ status: 'SHUTOFF' }))).toBe('done');
    expect(judge('delete', 'gone')).toBe('done');
  });

  it('has failed when the server has a fault or is gone', () => {
    expect(judge('create', seed.server({ status: 'ERROR' }))).toBe('failed');
    expect(judge('start', 'gone')).toBe('failed');
  });
});

describe('the sentence in a refusal', () => {
  it('is found in the shape of each API', () => {
    expect(sentence('{"itemNotFound":{"code":404,"message":"No such server."}}')).toBe('No such server.');
    expect(sentence('{"NeutronError":{"type":"X","message":"In use.","detail":""}}')).toBe('In use.');
    expect(sentence('{"error":{"code":401,"message":"Wrong.","title":"Unauthorized"}}')).toBe('Wrong.');
    expect(sentence('{"title":"Bad Request","status":400,"detail":"Enter a name."}')).toBe('Enter a name.');
    expect(sentence('<html><head><title>409</title></head><body><h1>409 Conflict</h1>Image is <b>protected</b>.</body></html>')).toBe('Image is protected .');
    expect(sentence('')).toBe('');
  });
});

describe('a firewall rule', () => {
  it('becomes one rule per IP version where both are meant', () => {
    const rules = draftRules({ ...emptyRule(), kind: 'ping' }, 'g1', 'ingress');
    expect(rules.map((rule) => [rule.ethertype, rule.protocol])).toEqual([
      ['IPv4', 'icmp'],
      ['IPv6', 'ipv6-icmp'],
    ]);
  });

  it('takes the version of its address range', () => {
    const rules = draftRules({ ...emptyRule(), kind: 'customTcp', ports: '8000-8080', remote: 'range', range: '198.51.100.7' }, 'g1', 'ingress');
    expect(rules).toEqual([
      {
        security_group_id: 'g1',
        direction: 'ingress',
        ethertype: 'IPv4',
        protocol: 'tcp',
        port_range_min: 8000,
        port_range_max: 8080,
        remote_ip_prefix: '198.51.100.7/32',
      },
    ]);
  });

  it('is not sent with ports or addresses that are none', () => {
    expect(parsePorts('0')).toBeNull();
    expect(parsePorts('90-80')).toBeNull();
    expect(parsePorts('65536')).toBeNull();
    expect(parseRange('300.1.1.1/8')).toBeNull();
    expect(parseRange('10.0.0.0/33')).toBeNull();
    expect(parseRange('fd00::/64')).toEqual({ ethertype: 'IPv6', prefix: 'fd00::/64' });
    expect(problemOfRule({ ...emptyRule(), kind: 'customUdp' })).toBe('ports');
    expect(problemOfRule({ ...emptyRule(), remote: 'group' })).toBe('group');
  });

  it('is called by its everyday name', () => {
    expect(presetOf(seed.rule({ protocol: 'tcp', port_range_min: 22, port_range_max: 22 }))).toBe('ssh');
    expect(presetOf(seed.rule({}))).toBe('all');
    expect(presetOf(seed.rule({ protocol: 'tcp', port_range_min: 23, port_range_max: 23 }))).toBeNull();
    expect(portsOf(seed.rule({ port_range_min: 1, port_range_max: 9 }))).toBe('1–9');
  });

  it('lets people log in only where SSH is open to more than the group itself', () => {
    const [closed, web] = seed.groups();
    expect(admitsLogIn([closed!])).toBe(false);
    expect(admitsLogIn([closed!, web!])).toBe(true);
  });
});

describe('a file to be uploaded', () => {
  // jsdom's Blob cannot be read.
  const blob = (part: ArrayBuffer | Uint8Array | string) => new NodeBlob([part]);

  const qcow2 = (backing: bigint) => {
    const head = new DataView(new ArrayBuffer(104));
    head.setUint32(0, 0x514649fb);
    head.setUint32(4, 3);
    head.setBigUint64(8, backing);
    head.setBigUint64(24, 2_147_483_648n);
    return blob(head.buffer);
  };

  it('is known by its contents', async () => {
    expect(await inspect(qcow2(0n))).toEqual({ format: 'qcow2', virtualSize: 2_147_483_648, problem: null });
    expect(await inspect(blob(new Uint8Array(1024)))).toEqual({ format: 'raw', virtualSize: 1024, problem: null });
  });

  it('is not sent when it cannot work', async () => {
    expect((await inspect(qcow2(104n))).problem).toBe('backing');
    expect((await inspect(blob('KDMV....'))).problem).toBe('foreign');
    expect((await inspect(blob(''))).problem).toBe('empty');
  });
});

describe('the topology picture', () => {
  const picture = layOut({ networks: seed.networks(), subnets: seed.subnets(), routers: seed.routers(), servers: seed.servers(), ports: seed.ports() });

  it('has every network, router and plugged-in server once', () => {
    expect(picture.boxes.map((box) => box.id).sort()).toEqual(['n0', 'n1', 'n2', 'r1', 's1', 's2', 's3', 's4']);
  });

  it('joins each port and the gateway by a line', () => {
    expect(picture.lines).toHaveLength(8);
  });

  it('lays no box over another', () => {
    for (const a of picture.boxes) {
      for (const b of picture.boxes) {
        if (a === b) continue;
        const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        expect(apart, `${a.name} and ${b.name}`).toBe(true);
      }
    }
  });
});

describe('a link to a console', () => {
  it('carries its token in the address of a page or of the websocket', () => {
    expect(consoleToken('https://cloud.example:8443/console/vnc?token=abc-_1')).toBe('abc-_1');
    expect(consoleToken('wss://cloud.example:8443/service/v1/consoles/abc-_1')).toBe('abc-_1');
  });
});

describe('small things', () => {
  it('writes sizes and times as people read them', () => {
    expect(formatBytes(41_943_040, 'en')).toBe('40 MiB');
    expect(formatBytes(1_610_612_736, 'ja')).toBe('1.5 GiB');
    expect(formatTime('2026-11-23T05:00:00', 'ja')).toBe(formatTime('2026-11-23T05:00:00Z', 'ja'));
    expect(formatTime('2026-11-23T15:30:00Z', 'ja')).toBe('2026/11/24 00:30:00');
    expect(formatTime('2026-11-23T15:30:00Z', 'en', { timeZone: 'UTC', dates: 'iso', numbers: 'de' })).toBe('2026-11-23 15:30:00');
    expect(formatBytes(1_610_612_736, 'en', { timeZone: 'UTC', dates: 'iso', numbers: 'de' })).toBe('1,5 GiB');
  });

  it('counts days in the visitor’s zone, where the clocks change too', () => {
    expect(beginOf('2026-01-31')).toBe('2026-01-30T15:00:00.000Z');
    expect(endOf('2026-01-31')).toBe('2026-01-31T15:00:00.000Z');
    expect(dayOf('2026-01-31T15:00:00Z')).toBe('2026-02-01');
    expect(momentOf('2026-03-29T00:00:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(momentOf('2026-03-30T00:00:00', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
  });

  it('proposes an address range that is free', () => {
    expect(freeRange([])).toBe('10.1.0.0/24');
    expect(freeRange(['10.1.0.0/16', '10.2.5.0/24'])).toBe('10.3.0.0/24');
  });

  it('types text by the keys of the server’s keyboard, and says what has no key there', () => {
    const typed = (text: string, keyboard: 'us' | 'ja') => strokesOf(text, keyboard).strokes.map(({ code, shift }) => (shift ? `⇧${code}` : code)).join(' ');
    expect(typed('aB\r\n\t', 'us')).toBe('KeyA ⇧KeyB Enter Tab');
    expect(typed('"\'@:_|\\', 'us')).toBe('⇧Quote Quote ⇧Digit2 ⇧Semicolon ⇧Minus ⇧Backslash Backslash');
    expect(typed('"\'@:_|\\', 'ja')).toBe('⇧Digit2 ⇧Digit7 BracketLeft Quote ⇧IntlRo ⇧IntlYen IntlRo');
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
    for (const keyboard of ['us', 'ja'] as const) {
      expect(strokesOf(ascii, keyboard).missing).toEqual([]);
      expect(new Set(typed(ascii, keyboard).split(' ')).size).toBe(95);
      expect(strokesOf('aÄ雲雲', keyboard)).toEqual({ strokes: [{ keysym: 0x61, code: 'KeyA', shift: false }], missing: ['Ä', '雲'] });
    }
    expect(strokesOf('a', 'us').strokes[0]?.keysym).toBe(0x61);
  });
});

describe('the program of a session', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36', 'Chrome 156, Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0', 'Edge 156, Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140, macOS'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1', 'Safari 18, iOS'],
    ['Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36', 'Chrome 156, Android'],
    ['openstacksdk/0.101.0 keystoneauth1/5.0.0 python-requests/2.28.1 CPython/3.11.2', 'openstacksdk 0.101.0'],
    ['', ''],
  ])('is named from %j as people call it', (userAgent, name) => {
    expect(programOf(userAgent)).toBe(name);
  });
});
