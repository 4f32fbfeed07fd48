// What the fake cloud holds at its start: a small project of a customer called "kumo".
import type { Address, Flavor, KeyPair, Server } from '../../src/api/compute';
import type { Backups } from '../../src/api/backups';
import type { Certificate } from '../../src/api/certificates';
import type { Drain, Host } from '../../src/api/hosts';
import type { ConsoleVisit } from '../../src/api/consoleVisits';
import type { HistoryEvent } from '../../src/api/history';
import type { Image } from '../../src/api/image';
import type { FloatingAddress, Network, Port, Router, Rule, SecurityGroup, Subnet } from '../../src/api/network';
import type { Search } from '../../src/api/placement';
import type { RequestOptions } from '../../src/api/passkeys';
import type { Session } from '../../src/api/session';
import type { Holdings, Users } from '../../src/api/users';

const NOW = Date.now();
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

export const session = (): Session => ({
  user: { id: 'u1', name: 'master' },
  project: { id: 'p1', name: 'kumo' },
  domain: { id: 'd1', name: 'kumo' },
  roles: ['admin', 'manager', 'member', 'reader'],
  federated: false,
  expires: new Date(Date.now() + 3_600_000).toISOString(),
});

export const passkeyRequest = (): RequestOptions => ({
  challenge: 'AQID',
  timeout: 300_000,
  rpId: 'localhost',
  allowCredentials: [{ type: 'public-key', id: 'BAUG', transports: [] }],
  userVerification: 'required',
});

export const visits = (): ConsoleVisit[] => [
  { id: 'v2', kind: 'graphical', userId: 'u1', userName: 'kei', address: '198.51.100.4', openedAt: '2026-11-26T07:00:00Z', closedAt: null, ended: null },
  { id: 'v1', kind: 'serial', userId: 'u2', userName: 'ren', address: '203.0.113.9', openedAt: '2026-11-26T06:00:00Z', closedAt: '2026-11-26T06:12:34Z', ended: 'lost' },
];

export const users = (): Users => {
  const project = { id: 'p1', name: 'kumo' };
  return {
    contract: { id: 'd1', name: 'kumo' },
    administered: true,
    passwordsIssued: false,
    projects: [project],
    users: [
      { id: 'u1', name: 'master', description: 'Yuki Kumo', email: 'yuki@kumo.example', enabled: true, provider: null, secondFactor: true, madeBy: null, roles: [{ role: 'master', project: null }, { role: 'master', project }] },
      { id: 'u2', name: 'ren', description: 'Ren Sato', email: 'ren@kumo.example', enabled: true, provider: null, secondFactor: false, madeBy: null, roles: [{ role: 'member', project }] },
      { id: 'u3', name: 'aoi', description: '', email: null, enabled: false, provider: null, secondFactor: false, madeBy: null, roles: [] },
    ],
  };
};

export const holdings = (): Holdings => ({
  user: { id: 'u2', name: 'ren', description: 'Ren Sato', email: 'ren@kumo.example', enabled: true },
  sessions: 2,
  vpnSessions: 1,
  applicationCredentials: [{ name: 'nightly', project: 'kumo', expiresAt: null }],
  accessKeys: 0,
  secondFactors: 1,
  trusts: [],
  programs: [],
  groups: [],
  lastMaster: false,
  servers: [{ id: 's1', name: 'web-1' }],
  keyPairs: [{ name: 'laptop', fingerprint: 'aa:bb' }],
});

export const backups = (): Backups => ({
  state: 'good',
  everySeconds: 21_600,
  keptSeconds: 1_209_600,
  directory: '/var/lib/unkai/backup/identity',
  newestAt: ago(90),
  lastFailure: null,
  backups: [
    { name: 'identity-20261126T060000Z.backup', madeAt: ago(90), bytes: 48_210, good: true, rows: 1204, tables: 31, seconds: 0.4, by: 'schedule' },
    { name: 'identity-20261126T000000Z.backup', madeAt: ago(450), bytes: 47_998, good: false, rows: null, tables: null, seconds: 0, by: 'found' },
  ],
});

const days = (number: number) => ago(-number * 24 * 60);

export const certificates = (): Certificate[] => [
  {
    name: 'edge',
    renewal: 'file',
    origin: '/etc/ssl/site.crt',
    state: 'expiring',
    subject: 'CN=cloud.example.jp',
    names: ['DNS:cloud.example.jp'],
    issuer: 'CN=Example CA',
    fingerprint: `sha256:${'ab'.repeat(32)}`,
    notBefore: days(-345),
    notAfter: days(20),
    triedAt: ago(30),
    seenAt: ago(1),
  },
  {
    name: 'identity',
    renewal: 'built-in',
    state: 'good',
    subject: 'CN=identity',
    names: ['DNS:localhost', 'IP:127.0.0.1'],
    issuer: 'CN=Unkai authority 1a2b,O=Unkai',
    fingerprint: `sha256:${'cd'.repeat(32)}`,
    notBefore: days(-7),
    notAfter: days(390),
    renewsAt: days(258),
    triedAt: ago(60),
    seenAt: ago(1),
  },
  { name: 'vpn', renewal: 'built-in', state: 'unseen', problem: 'unreachable', detail: 'Connection refused' },
  {
    name: 'host',
    host: 'host-a',
    renewal: 'host',
    state: 'good',
    subject: 'CN=h1',
    names: ['URI:unkai:host:h1'],
    issuer: 'CN=Unkai hosts 1a2b,O=Unkai',
    fingerprint: `sha256:${'ef'.repeat(32)}`,
    notBefore: days(-0.1),
    notAfter: days(0.9),
    renewsAt: days(0.6),
  },
];

export const address = (addr: string, type: 'fixed' | 'floating' = 'fixed'): Address => ({
  addr,
  version: addr.includes(':') ? 6 : 4,
  'OS-EXT-IPS:type': type,
  'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01',
});

export const flavors = (): Flavor[] => [
  { id: 'f1', name: 'u1.tiny', vcpus: 1, ram: 512, disk: 1 },
  { id: 'f2', name: 'u1.small', vcpus: 1, ram: 2048, disk: 20 },
  { id: 'f3', name: 'u1.medium', vcpus: 2, ram: 4096, disk: 40 },
  { id: 'f4', name: 'u1.large', vcpus: 4, ram: 8192, disk: 80 },
  { id: 'f5', name: 'u1.huge', vcpus: 32, ram: 65_536, disk: 200 },
];

export function server(part: Partial<Server> = {}): Server {
  return {
    id: crypto.randomUUID(),
    name: 'server',
    description: null,
    status: 'ACTIVE',
    'OS-EXT-STS:task_state': null,
    'OS-EXT-AZ:availability_zone': 'nova',
    'OS-SRV-USG:launched_at': ago(30),
    image: { id: 'i1' },
    flavor: { original_name: 'u1.small', vcpus: 1, ram: 2048, disk: 20 },
    addresses: { front: [address('10.1.0.5')] },
    key_name: 'laptop',
    security_groups: [{ name: 'default' }],
    metadata: {},
    created: ago(31),
    updated: ago(30),
    ...part,
  };
}

export const servers = (): Server[] => [
  server({
    id: 's1',
    name: 'web-1',
    description: 'Shop front, left',
    addresses: { front: [address('10.1.0.5'), address('203.0.113.21', 'floating')] },
    created: ago(9_000),
  }),
  server({ id: 's2', name: 'web-2', description: 'Shop front, right', addresses: { front: [address('10.1.0.6')] }, created: ago(8_990) }),
  server({
    id: 's3',
    name: 'database',
    flavor: { original_name: 'u1.medium', vcpus: 2, ram: 4096, disk: 40 },
    addresses: { back: [address('10.2.0.9'), address('fd00:2::9')] },
    created: ago(8_000),
  }),
  server({ id: 's4', name: 'バッチ処理', status: 'SHUTOFF', addresses: { back: [address('10.2.0.10')] }, created: ago(700) }),
  server({
    id: 's5',
    name: 'experiment',
    status: 'ERROR',
    addresses: {},
    created: ago(5),
    fault: { code: 500, message: 'No host has room for 32 vCPUs and 65536 MiB of memory at present. Choose a smaller flavor, try again later, or ask the provider.', created: ago(5) },
  }),
];

export function image(part: Partial<Image> = {}): Image {
  return {
    id: 'i1',
    name: 'debian-12',
    status: 'active',
    visibility: 'public',
    owner: 'operator',
    disk_format: 'qcow2',
    size: 349_175_808,
    virtual_size: 2_147_483_648,
    min_disk: 2,
    min_ram: 512,
    protected: false,
    checksum: 'c0ffee',
    created_at: ago(20_000),
    updated_at: ago(20_000),
    ...part,
  };
}

export const images = (): Image[] => [
  image(),
  image({ id: 'i2', name: 'unkai-tiny', size: 33_554_432, min_disk: 0, min_ram: 64 }),
  image({ id: 'i3', name: 'my-appliance', visibility: 'private', disk_format: 'raw', size: 1_073_741_824, min_disk: 30 }),
];

export const keys = (): KeyPair[] => [
  { name: 'laptop', type: 'ssh', fingerprint: '5d:1f:aa:07:54:9c:1b:6e:0d:42:37:f8:91:6a:bb:03', public_key: 'ssh-ed25519 AAAA laptop' },
];

export const network = (part: Partial<Network>): Network => ({
  id: 'n1',
  name: 'front',
  status: 'ACTIVE',
  admin_state_up: true,
  shared: false,
  'router:external': false,
  subnets: [],
  project_id: 'p1',
  // What the provider is shown of it.
  ...{ 'provider:network_type': 'geneve', 'provider:physical_network': null, 'provider:segmentation_id': 71, created_at: '2026-10-01T01:00:00Z' },
  ...part,
});

export const networks = (): Network[] => [
  network({ id: 'n0', name: 'public', 'router:external': true, shared: true, subnets: ['sn0'], project_id: 'operator' }),
  network({ id: 'n1', name: 'front', subnets: ['sn1'] }),
  network({ id: 'n2', name: 'back', subnets: ['sn2', 'sn3'] }),
];

export const subnet = (part: Partial<Subnet>): Subnet => ({
  id: 'sn1',
  name: 'front-subnet',
  network_id: 'n1',
  ip_version: 4,
  cidr: '10.1.0.0/24',
  gateway_ip: '10.1.0.1',
  enable_dhcp: true,
  dns_nameservers: [],
  allocation_pools: [],
  ...part,
});

export const subnets = (): Subnet[] => [
  subnet({ id: 'sn0', name: 'public', network_id: 'n0', cidr: '203.0.113.0/27', gateway_ip: '203.0.113.1' }),
  subnet({}),
  subnet({ id: 'sn2', name: 'back-subnet', network_id: 'n2', cidr: '10.2.0.0/24', gateway_ip: '10.2.0.1' }),
  subnet({ id: 'sn3', name: 'back-v6', network_id: 'n2', ip_version: 6, cidr: 'fd00:2::/64', gateway_ip: 'fd00:2::1' }),
];

const port = (id: string, network_id: string, device_id: string, ip: string, owner = 'compute:nova'): Port => ({
  id,
  name: '',
  network_id,
  mac_address: 'fa:16:3e:12:34:56',
  status: 'ACTIVE',
  device_id,
  device_owner: owner,
  fixed_ips: [{ subnet_id: `s${network_id}`, ip_address: ip }],
  security_groups: owner.startsWith('compute') ? ['g1'] : [],
});

export const ports = (): Port[] => [
  port('po1', 'n1', 's1', '10.1.0.5'),
  port('po2', 'n1', 's2', '10.1.0.6'),
  port('po3', 'n2', 's3', '10.2.0.9'),
  port('po4', 'n2', 's4', '10.2.0.10'),
  port('po5', 'n1', 'r1', '10.1.0.1', 'network:router_interface'),
  port('po6', 'n2', 'r1', '10.2.0.1', 'network:router_interface'),
  port('po7', 'n2', 's1', '10.2.0.44'),
];

export const routers = (): Router[] => [
  {
    id: 'r1',
    name: 'edge',
    status: 'ACTIVE',
    external_gateway_info: { network_id: 'n0', external_fixed_ips: [{ ip_address: '203.0.113.9', subnet_id: 'sn0' }] },
  },
];

export const floating = (): FloatingAddress[] => [
  {
    id: 'fa1',
    floating_ip_address: '203.0.113.21',
    floating_network_id: 'n0',
    fixed_ip_address: '10.1.0.5',
    port_id: 'po1',
    router_id: 'r1',
    status: 'ACTIVE',
    ...{ project_id: 'p1', created_at: '2026-10-02T01:00:00Z' },
  },
  {
    id: 'fa2',
    floating_ip_address: '203.0.113.22',
    floating_network_id: 'n0',
    fixed_ip_address: null,
    port_id: null,
    router_id: null,
    status: 'DOWN',
    ...{ project_id: 'p1', created_at: '2026-10-03T01:00:00Z' },
  },
];

export const rule = (part: Partial<Rule>): Rule => ({
  id: crypto.randomUUID(),
  security_group_id: 'g1',
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: null,
  port_range_min: null,
  port_range_max: null,
  remote_ip_prefix: null,
  remote_group_id: null,
  ...part,
});

export const groups = (): SecurityGroup[] => [
  {
    id: 'g1',
    name: 'default',
    description: 'Default security group',
    security_group_rules: [
      rule({ direction: 'egress' }),
      rule({ direction: 'egress', ethertype: 'IPv6' }),
      rule({ remote_group_id: 'g1' }),
      rule({ remote_group_id: 'g1', ethertype: 'IPv6' }),
    ],
  },
  {
    id: 'g2',
    name: 'web',
    description: 'HTTP and HTTPS from everywhere',
    security_group_rules: [
      rule({ security_group_id: 'g2', protocol: 'tcp', port_range_min: 80, port_range_max: 80 }),
      rule({ security_group_id: 'g2', protocol: 'tcp', port_range_min: 443, port_range_max: 443 }),
      rule({ security_group_id: 'g2', protocol: 'tcp', port_range_min: 22, port_range_max: 22, remote_ip_prefix: '198.51.100.0/24' }),
      rule({ security_group_id: 'g2', protocol: 'icmp' }),
      rule({ security_group_id: 'g2', direction: 'egress' }),
    ],
  },
];

let place = 100;

const event = (minutes: number, action: string, type: string, name: string, part: Partial<HistoryEvent> = {}): HistoryEvent => ({
  id: crypto.randomUUID(),
  log: 'p1',
  place: place--,
  received: ago(minutes),
  sealed: minutes > 1,
  time: ago(minutes),
  action,
  outcome: 'success',
  initiator: { id: 'u1', name: 'master', type: 'user', party: 'customer', address: '198.51.100.7', agent: 'Mozilla/5.0' },
  target: { id: name === 'web-1' ? 's1' : 'x', type, name },
  reason: null,
  methods: null,
  provider: null,
  requestId: 'req-7c1d4a6e',
  ...part,
});

export const events = (): HistoryEvent[] => [
  event(1, 'authenticate', 'service/security/account/user', 'master'),
  event(2, 'authenticate', 'service/security/account/user', 'master', { outcome: 'failure', reason: 'The password is not right.' }),
  event(5, 'create', 'compute/server', 'experiment', { outcome: 'failure', reason: 'No host has room for 32 vCPUs and 65536 MiB of memory at present.' }),
  event(30, 'update', 'network/floatingip', '203.0.113.21'),
  event(31, 'start', 'compute/server', 'web-1'),
  event(9_000, 'create', 'compute/server', 'web-1'),
  event(9_100, 'create', 'network/security-group-rule', 'web'),
];

export const hosts = (): Host[] => [
  {
    id: 'h1',
    name: 'host-1',
    zone: 'nova',
    state: 'up',
    maintenanceReason: null,
    drain: null,
    project: null,
    vcpus: { total: 16, used: 5 },
    memoryMib: { total: 24_000, used: 10_240 },
    diskGib: { total: 200, used: 100 },
    guests: 3,
    gateway: true,
    facts: { acceleration: 'kvm', cpuModel: 'EPYC', hypervisorVersion: '7.2.19', libvirtVersion: '9.0.0', kernel: '6.1.0', clockOffsetSeconds: 0.000012 },
    lastSeen: '2026-11-25T10:00:00Z',
    joinedAt: '2026-11-25T09:00:00Z',
    timeToFirstGuestSeconds: 38.9,
    certificateEndsAt: '2027-02-23T09:00:00Z',
  },
];

export const drain = (): Drain => ({
  host: 'host-1',
  state: 'draining',
  startedAt: '2026-11-25T10:00:00Z',
  emptiedAt: null,
  endedAt: null,
  longestStandstillMillis: 640,
  servers: [
    { id: 's1', name: 'web-1', project: 'kumo', state: 'moving', tries: 1, progress: 40, target: 'host-2', standstillMillis: null, movedAt: null, obstacle: null },
    {
      id: 's2',
      name: 'db-1',
      project: 'kumo',
      state: 'stuck',
      tries: 0,
      progress: null,
      target: null,
      standstillMillis: null,
      movedAt: null,
      obstacle: { code: 'memory', sentence: 'No host has 8192 MiB of memory free; the roomiest has 512 MiB.', next: 'Make room.' },
    },
    { id: 's3', name: 'web-2', project: 'kumo', state: 'moved', tries: 1, progress: null, target: 'host-2', standstillMillis: 640, movedAt: '2026-11-25T10:00:09Z', obstacle: null },
  ],
});

export const CONSOLE_LOG = Array.from({ length: 40 }, (_, index) => `[    ${(index / 10).toFixed(6)}] virtio_net virtio0: line ${index}`).join('\n') + '\nweb-1 login: ';

/** Why a server is where it is, and why it was nowhere before. */
export const searches = (): Search[] => [
  {
    at: '2026-11-26T07:00:05Z',
    outcome: 'placed',
    host: 'host-2',
    shortage: null,
    sentence: null,
    search: {
      wanted: { vcpus: 2, memoryMib: 2048, diskGib: 20, zone: null, host: null, uefi: false, group: 'none' },
      steps: [],
      hosts: [
        { name: 'host-2', zone: 'tokyo-1', freeVcpus: 40, freeMemoryMib: 60_928, freeDiskGib: 900, guests: 3, lacks: null },
        { name: 'host-1', zone: 'tokyo-1', freeVcpus: 12, freeMemoryMib: 20_480, freeDiskGib: 400, guests: 9, lacks: null },
      ],
    },
  },
  {
    at: '2026-11-26T06:59:00Z',
    outcome: 'nowhere',
    host: null,
    shortage: 'memory',
    sentence: 'No host has 131072 MiB of memory free; the roomiest has 60928 MiB.',
    search: {
      wanted: { vcpus: 8, memoryMib: 131_072, diskGib: 100, zone: 'tokyo-1', host: null, uefi: true, group: 'apart' },
      steps: [
        { filter: 'owner', before: 3, after: 2 },
        { filter: 'memory', before: 2, after: 0 },
      ],
      hosts: [
        { name: 'host-9', zone: 'tokyo-1', freeVcpus: 64, freeMemoryMib: 200_000, freeDiskGib: 900, guests: 0, lacks: 'owner' },
        { name: 'host-1', zone: 'tokyo-1', freeVcpus: 12, freeMemoryMib: 20_480, freeDiskGib: 400, guests: 9, lacks: 'memory' },
      ],
    },
  },
];

/** Very many servers, for lists that are read page by page. */
export const manyServers = (count: number): Server[] =>
  Array.from({ length: count }, (_, index) =>
    server({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      name: `node-${String(index + 1).padStart(5, '0')}`,
      status: index % 5 === 0 ? 'SHUTOFF' : 'ACTIVE',
      created: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString().replace('.000', ''),
      addresses: { front: [address(`10.1.${Math.floor(index / 250)}.${(index % 250) + 2}`)] },
    }),
  );
