// The compute API: servers, flavors, key pairs, limits, hosts. Bodies as of microversion 2.79.
import { action, as } from './act';
import { fileOf } from './commands';
import { actionWords, changeWords, createWords, own } from './computeWords';
import { call } from './http';

const BASE = '/compute/v2.1';

export interface Address {
  addr: string;
  version: 4 | 6;
  'OS-EXT-IPS:type': 'fixed' | 'floating';
  'OS-EXT-IPS-MAC:mac_addr': string;
}

export interface Server {
  /** the project that it belongs to */
  tenant_id?: string;
  id: string;
  name: string;
  description: string | null;
  status: string;
  'OS-EXT-STS:task_state': string | null;
  'OS-EXT-STS:vm_state'?: string;
  'OS-EXT-STS:power_state'?: number;
  'OS-EXT-AZ:availability_zone'?: string;
  'OS-SRV-USG:launched_at'?: string | null;
  'OS-EXT-SRV-ATTR:host'?: string | null;
  image: { id: string } | '' | null;
  flavor: { original_name: string; vcpus: number; ram: number; disk: number };
  addresses: Record<string, Address[]>;
  key_name: string | null;
  security_groups?: { name: string }[];
  metadata: Record<string, string>;
  fault?: { code: number; message: string; created: string };
  locked?: boolean;
  created: string;
  updated: string;
}

export interface Flavor {
  id: string;
  name: string;
  description?: string | null;
  vcpus: number;
  /** MiB */
  ram: number;
  /** GiB */
  disk: number;
}

export interface KeyPair {
  name: string;
  type: string;
  fingerprint: string;
  public_key: string;
  private_key?: string;
  created_at?: string;
}

/** Absolute limits; -1 means no limit. RAM in MiB. */
export interface Limits {
  maxTotalInstances: number;
  totalInstancesUsed: number;
  maxTotalCores: number;
  totalCoresUsed: number;
  maxTotalRAMSize: number;
  totalRAMUsed: number;
  maxTotalKeypairs: number;
}

/** The body of a request for a new server, inside `server`. */
export interface NewServer {
  name: string;
  description?: string;
  imageRef: string;
  flavorRef: string;
  networks: { uuid: string }[];
  key_name?: string;
  security_groups?: { name: string }[];
  user_data?: string;
  config_drive: boolean;
}

interface Page<T> {
  servers: T[];
  servers_links?: { rel: string; href: string }[];
}

export async function listServers(signal?: AbortSignal): Promise<Server[]> {
  const all: Server[] = [];
  let query: string | undefined = '?limit=1000';
  while (query !== undefined) {
    const page: Page<Server> = await call('GET', `${BASE}/servers/detail${query}`, { signal });
    all.push(...page.servers);
    const next = page.servers_links?.find((link) => link.rel === 'next');
    query = next ? new URL(next.href, window.location.href).search : undefined;
  }
  return all;
}

/** Those that have a fault, newest first; no more than a few. */
export const listFaulty = async (signal?: AbortSignal) =>
  (await call<{ servers: Server[] }>('GET', `${BASE}/servers/detail?status=ERROR&limit=10`, { signal })).servers;

/** Those whose new flavor waits to be confirmed; no more than a few. */
export const listResized = async (signal?: AbortSignal) =>
  (await call<{ servers: Server[] }>('GET', `${BASE}/servers/detail?status=VERIFY_RESIZE&limit=10`, { signal })).servers;

/** One page of the project's servers; the filters are those of the Compute API (names and addresses as regular expressions). */
export interface ServerAsk {
  limit: number;
  marker?: string;
  sort?: { key: string; descending: boolean };
  filters: readonly (readonly [string, string])[];
}

export async function listServerPage(ask: ServerAsk, signal?: AbortSignal): Promise<{ items: Server[]; more: boolean }> {
  const query = new URLSearchParams([['limit', String(ask.limit)], ...ask.filters.map(([name, value]) => [name, value])]);
  if (ask.marker !== undefined) query.set('marker', ask.marker);
  if (ask.sort) {
    query.set('sort_key', ask.sort.key);
    query.set('sort_dir', ask.sort.descending ? 'desc' : 'asc');
  }
  const page: Page<Server> = await call('GET', `${BASE}/servers/detail?${query.toString()}`, { signal });
  return { items: page.servers, more: page.servers_links?.some((link) => link.rel === 'next') ?? false };
}

export const readServer = async (id: string, signal?: AbortSignal) =>
  (await call<{ server: Server }>('GET', `${BASE}/servers/${id}`, { signal })).server;

export const createServer = action(
  (server: NewServer) => ({ method: 'POST', path: `${BASE}/servers`, body: { server }, made: 'server.id', client: [createWords(server)] }),
  (answer: { server: { id: string; adminPass?: string } }) => answer.server,
);

export interface ServerChange {
  name?: string;
  description?: string | null;
}

export const updateServer = action((id: string, change: ServerChange) => ({
  method: 'PUT',
  path: `${BASE}/servers/${id}`,
  body: { server: change },
  client: [changeWords(id, change)],
}));

export const deleteServer = action((id: string) => ({ method: 'DELETE', path: `${BASE}/servers/${id}`, client: [['server', 'delete', id]] }));

export type ServerAction =
  | { 'os-start': null }
  | { 'os-stop': null }
  | { reboot: { type: 'SOFT' | 'HARD' } }
  | { pause: null }
  | { unpause: null }
  | { suspend: null }
  | { resume: null }
  | { rescue: { rescue_image_ref?: string } }
  | { unrescue: null }
  | { resize: { flavorRef: string } }
  | { confirmResize: null }
  | { revertResize: null }
  | { rebuild: { imageRef: string } }
  | { createImage: { name: string } }
  | { shelve: null }
  | { unshelve: null }
  | { restore: null };

/** Whether deletion of the server is refused. */
export const readProtection = async (id: string, signal?: AbortSignal) =>
  (await call<{ deleteProtection: boolean }>('GET', `/service/v1/servers/${id}/protection`, { signal })).deleteProtection;

export const protectServer = action((id: string, deleteProtection: boolean) => ({
  method: 'PUT',
  path: `/service/v1/servers/${id}/protection`,
  body: { deleteProtection },
}));

/** Where an action sets a password, it is told here and nowhere else. */
interface Told {
  adminPass?: string;
  server?: { adminPass?: string };
}

export const actOnServer = action(
  (id: string, body: ServerAction) => ({ method: 'POST', path: `${BASE}/servers/${id}/action`, body, client: [actionWords(id, body)] }),
  as<Told | undefined>(),
);

/** The last `lines` lines that the guest wrote to its serial console. */
export const readConsoleLog = async (id: string, lines: number, signal?: AbortSignal) =>
  (
    await call<{ output: string }>('POST', `${BASE}/servers/${id}/action`, {
      body: { 'os-getConsoleOutput': { length: lines } },
      signal,
    })
  ).output;

export type ConsoleKind = 'vnc' | 'serial';

/** Asks for a short-lived link to a server's console and gives the token in it. */
export async function openConsole(id: string, kind: ConsoleKind): Promise<string> {
  const body = { remote_console: { protocol: kind, type: kind === 'vnc' ? 'novnc' : 'serial' } };
  const answer = await call<{ remote_console: { url: string } }>('POST', `${BASE}/servers/${id}/remote-consoles`, { body });
  return consoleToken(answer.remote_console.url);
}

/** The link leads to a page (…?token=T) or, for programs, to the websocket itself (…/consoles/T). */
export function consoleToken(link: string): string {
  const url = new URL(link);
  return url.searchParams.get('token') ?? url.pathname.split('/').at(-1) ?? '';
}

export const listFlavors = async (signal?: AbortSignal) =>
  (await call<{ flavors: Flavor[] }>('GET', `${BASE}/flavors/detail`, { signal })).flavors;

export const listKeyPairs = async (signal?: AbortSignal) =>
  (await call<{ keypairs: { keypair: KeyPair }[] }>('GET', `${BASE}/os-keypairs`, { signal })).keypairs.map((entry) => entry.keypair);

export const createKeyPair = action(
  (name: string, publicKey?: string) => ({
    method: 'POST',
    path: `${BASE}/os-keypairs`,
    body: { keypair: publicKey ? { name, type: 'ssh', public_key: publicKey } : { name, type: 'ssh' } },
    client: [['keypair', 'create', ...(publicKey ? ['--public-key', fileOf(publicKey)] : []), ...own(name)]],
  }),
  (answer: { keypair: KeyPair }) => answer.keypair,
);

export const deleteKeyPair = action((name: string) => ({
  method: 'DELETE',
  path: `${BASE}/os-keypairs/${encodeURIComponent(name)}`,
  client: [['keypair', 'delete', ...own(name)]],
}));

export const readLimits = async (signal?: AbortSignal) =>
  (await call<{ limits: { absolute: Limits } }>('GET', `${BASE}/limits`, { signal })).limits.absolute;

