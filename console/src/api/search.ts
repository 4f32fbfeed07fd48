// Looks for servers by name, address or id, and for users by name, where they are: on the server, however many there are.
import type { Server } from './compute';
import { ApiError, call } from './http';

const SERVERS = '/compute/v2.1/servers';
const MOST = 10;
const UUID = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/;

/** The API takes regular expressions; a dot in an address is meant as one. */
const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const listed = async (filter: Record<string, string>, signal?: AbortSignal) =>
  (await call<{ servers: Server[] }>('GET', `${SERVERS}/detail?${new URLSearchParams({ ...filter, limit: String(MOST) }).toString()}`, { signal })).servers;

async function byId(id: string, signal?: AbortSignal): Promise<Server[]> {
  try {
    return [(await call<{ server: Server }>('GET', `${SERVERS}/${id}`, { signal })).server];
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return [];
    throw error;
  }
}

export async function searchServers(word: string, signal?: AbortSignal): Promise<Server[]> {
  if (UUID.test(word)) return byId(word, signal);
  const address = /^[0-9a-f]*[.:][0-9a-f.:]*$/.test(word);
  const filters: Record<string, string>[] = [{ name: literally(word) }];
  if (address) filters.push({ [word.includes(':') ? 'ip6' : 'ip']: literally(word) });
  const found = (await Promise.all(filters.map((filter) => listed(filter, signal)))).flat();
  return found.filter((server, at) => found.findIndex((other) => other.id === server.id) === at);
}

/** As the Identity API shows a user in a list. */
export interface FoundUser {
  id: string;
  name: string;
  /** of his contract */
  domain_id: string;
  description?: string;
  email?: string;
}

/** The users of the contract, for the provider's people of all contracts, whose names hold the word. */
export async function searchUsers(word: string, signal?: AbortSignal): Promise<FoundUser[]> {
  const asked = new URLSearchParams({ name__icontains: word, limit: String(MOST) });
  return (await call<{ users: FoundUser[] }>('GET', `/identity/v3/users?${asked.toString()}`, { signal })).users;
}
