// The commands that the console shows are run by the real client and by curl, and the service is asked what came of them: the same by both.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keeping, variable, type Act } from '../../src/api/act';
import { clientCommands, curlCommands } from '../../src/api/commands';
import * as compute from '../../src/api/compute';
import * as image from '../../src/api/image';
import * as network from '../../src/api/network';
import { Shell } from './shell';

const origin = process.env['UNKAI_URL'] ?? '';
type Kind = 'client' | 'curl';
type Found = Record<string, unknown>;
let shell: Shell;

beforeAll(async () => {
  shell = new Shell();
  shell.token = (await shell.run('openstack token issue -f value -c id')).trim();
});
afterAll(() => shell.end());

/** Runs what is shown for the acts, and gives the ids that were kept. */
async function done(kind: Kind, ...acts: readonly Act[]): Promise<Record<string, string>> {
  const commands = kind === 'client' ? clientCommands(acts) : curlCommands(acts, origin);
  const kept = acts.flatMap((act) => act.keep ?? []);
  const out = await shell.run(`${commands}\n${kept.map((name) => `printf "\\nkept ${name} %s\\n" "$${name}"`).join('\n')}`);
  return Object.fromEntries([...out.matchAll(/^kept (\w+) (\S+)$/gm)].map(([, name, id]) => [name ?? '', id ?? '']));
}

async function ask(path: string): Promise<Found> {
  const headers = { 'X-Auth-Token': shell.token, 'OpenStack-API-Version': 'compute 2.79' };
  const answer = await fetch(origin + path, { headers });
  if (answer.status === 404) return { gone: true };
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Found;
}

async function until(path: string, reached: (found: Found) => boolean): Promise<Found> {
  for (const end = Date.now() + 90_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 300))) {
    const found = await ask(path);
    if (reached(found)) return found;
  }
  throw new Error(`${path} did not come to what was asked`);
}

/** Without what is another for each thing: ids, times, addresses of its own; and without what the client notes down about a file for itself. */
function plain(found: unknown, names: readonly string[]): unknown {
  const text = JSON.stringify(found, (key, value: unknown) => (/(^|_)ids?$|_at$|created|updated|links|mac_addr|revision|fingerprint|tenant|subnets|href|etag|uuid|checksum|hash|^file$|^self$|user_id|ip_address$|host|instance_name|launched|progress|^owner_specified/i.test(key) ? undefined : value));
  // In no order of its own.
  return sorted(JSON.parse(names.reduce((now, name) => now.replaceAll(name, 'NAME'), text).replace(/10\.77\.\d+\./g, '10.77.x.')));
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted).sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sorted(inner)])) : value;
};

const server = (id: string) => `/compute/v2.1/servers/${id}`;
const status = (wanted: string) => (found: Found) => (found['server'] as Found | undefined)?.['status'] === wanted && (found['server'] as Found)['OS-EXT-STS:task_state'] === null;

/** One of everything, made, changed and taken away; what the service shows in between. */
async function walk(kind: Kind, second: number): Promise<unknown[]> {
  const name = `it's ${kind} ${Date.now().toString(36)}`;
  const key = name.replaceAll("'", '');
  const seen: unknown[] = [];
  const see = async (path: string) => seen.push(plain(await ask(path), [name, key]));
  const external = ((await ask('/network/v2.0/networks?router:external=true'))['networks'] as Found[])[0]?.['id'] as string;
  const tiny = ((await ask('/image/v2/images?name=unkai-tiny'))['images'] as Found[])[0]?.['id'] as string;
  const flavor = ((await ask('/compute/v2.1/flavors'))['flavors'] as Found[]).find((each) => each['name'] === 'u1.nano')?.['id'] as string;

  const net = await done(
    kind,
    keeping(network.createNetwork.describe({ name, description: '日本語 "x"' }), 'NETWORK_ID'),
    keeping(network.createSubnet.describe({ network_id: variable('NETWORK_ID'), name, ip_version: 4, cidr: `10.77.${second}.0/24`, dns_nameservers: ['198.51.100.1'] }), 'SUBNET_ID'),
    keeping(network.createRouter.describe({ name, external_gateway_info: { network_id: external } }), 'ROUTER_ID'),
    network.joinSubnet.describe(variable('ROUTER_ID'), variable('SUBNET_ID')),
  );
  const { NETWORK_ID = '', SUBNET_ID = '', ROUTER_ID = '' } = net;
  await see(`/network/v2.0/networks/${NETWORK_ID}`);
  await see(`/network/v2.0/routers/${ROUTER_ID}`);
  const range = (await ask(`/network/v2.0/subnets/${SUBNET_ID}`))['subnet'] as Found;
  expect(range['cidr']).toBe(`10.77.${second}.0/24`);
  expect(range['dns_nameservers']).toEqual(['198.51.100.1']);

  const { GROUP_ID = '' } = await done(
    kind,
    keeping(network.createSecurityGroup.describe({ name, description: 'for $HOME' }), 'GROUP_ID'),
    network.createRule.describe({ security_group_id: variable('GROUP_ID'), direction: 'ingress', ethertype: 'IPv4', protocol: 'tcp', port_range_min: 8000, port_range_max: 8080, remote_ip_prefix: '198.51.100.0/24', description: 'a rule' }),
  );
  await see(`/network/v2.0/security-groups/${GROUP_ID}`);
  await done(kind, compute.createKeyPair.describe(key, PUBLIC_KEY));
  await see(`/compute/v2.1/os-keypairs/${encodeURIComponent(key)}`);

  const { SERVER_ID = '' } = await done(
    kind,
    keeping(
      compute.createServer.describe({
        name,
        description: 'one; two',
        imageRef: tiny,
        flavorRef: flavor,
        networks: [{ uuid: NETWORK_ID }],
        security_groups: [{ name: GROUP_ID }],
        key_name: key,
        user_data: btoa("#!/bin/sh\necho 'hello'\n"),
        config_drive: true,
      }),
      'SERVER_ID',
    ),
  );
  await until(server(SERVER_ID), status('ACTIVE'));
  await see(server(SERVER_ID));
  await done(kind, compute.updateServer.describe(SERVER_ID, { name: `${name} 2`, description: '-x' }), compute.actOnServer.describe(SERVER_ID, { 'os-stop': null }));
  await until(server(SERVER_ID), status('SHUTOFF'));
  await see(server(SERVER_ID));
  const port = ((await ask(`/network/v2.0/ports?device_id=${SERVER_ID}`))['ports'] as Found[])[0]?.['id'] as string;

  const { FLOATING_ID = '' } = await done(kind, keeping(network.allocateFloatingAddress.describe(external), 'FLOATING_ID'), network.bindFloatingAddress.describe(variable('FLOATING_ID'), port));
  expect(((await ask(`/network/v2.0/floatingips/${FLOATING_ID}`))['floatingip'] as Found)['port_id']).toBe(port);
  await done(kind, network.bindFloatingAddress.describe(FLOATING_ID, null), network.releaseFloatingAddress.describe(FLOATING_ID), network.updatePort.describe(port, { security_groups: [] }));
  expect(((await ask(`/network/v2.0/ports/${port}`))['port'] as Found)['security_groups']).toEqual([]);

  await shell.run('head -c 1048576 /dev/zero > disk.raw');
  const { IMAGE_ID = '' } = await done(kind, ...image.describeUpload({ name, disk_format: 'raw', container_format: 'bare', visibility: 'private', min_disk: 1 }, 'disk.raw'));
  await until(`/image/v2/images/${IMAGE_ID}`, (found) => found['status'] === 'active');
  await done(kind, image.changeVisibility.describe(IMAGE_ID, 'shared'));
  await see(`/image/v2/images/${IMAGE_ID}`);

  await done(kind, compute.deleteServer.describe(SERVER_ID), image.deleteImage.describe(IMAGE_ID));
  await until(server(SERVER_ID), (found) => 'gone' in found || status('SOFT_DELETED')(found));
  await done(
    kind,
    network.updateRouter.describe(ROUTER_ID, { external_gateway_info: null }),
    network.leaveSubnet.describe(ROUTER_ID, SUBNET_ID),
    network.deleteRouter.describe(ROUTER_ID),
    network.deleteNetwork.describe(NETWORK_ID),
    network.deleteSecurityGroup.describe(GROUP_ID),
    compute.deleteKeyPair.describe(key),
  );
  for (const path of [`routers/${ROUTER_ID}`, `networks/${NETWORK_ID}`, `subnets/${SUBNET_ID}`, `security-groups/${GROUP_ID}`]) expect(await ask(`/network/v2.0/${path}`)).toEqual({ gone: true });
  expect(await ask(`/image/v2/images/${IMAGE_ID}`)).toEqual({ gone: true });
  return seen;
}

const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKzX9a2vT0tD1Zc7rNq3mJ5x8wYVbWbZ9m4oI8kQ3l1p somebody@example';

it('do by the client what they do by curl', async () => {
  const [byClient, byCurl] = await Promise.all([walk('client', 1), walk('curl', 2)]);
  expect(byClient).toEqual(byCurl);
});
