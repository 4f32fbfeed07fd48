// The firewall's log: which packets a project has asked to have noted, and what was noted.
import { action } from './act';
import { call, open } from './http';
import type { Got, Service } from './service';

export interface FirewallLog {
  id: string;
  name: string;
  enabled: boolean;
  event: 'ACCEPT' | 'DROP' | 'ALL';
  resource_id: string | null;
  target_id: string | null;
}

export type FirewallEntry = Service['FirewallLogEntry'];

export type FirewallPage = Service['FirewallLogPage'];

export interface FirewallQuery {
  server?: string | undefined;
  direction?: string | undefined;
  verdict?: string | undefined;
}

const LOGS = '/network/v2.0/log/logs';
const ENTRIES = '/service/v1/firewall-log';

function search(query: FirewallQuery & { limit?: string; after?: string | undefined; format?: string }): string {
  const words = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return new URLSearchParams(words).toString();
}

export const listFirewallLogs = async (signal?: AbortSignal) => (await call<{ logs: FirewallLog[] }>('GET', LOGS, { signal })).logs;
export const createFirewallLog = action(
  (log: { name: string; event: FirewallLog['event'] }) => ({ method: 'POST', path: LOGS, body: { log: { ...log, resource_type: 'security_group' } } }),
);
export const switchFirewallLog = action((id: string, enabled: boolean) => ({ method: 'PUT', path: `${LOGS}/${id}`, body: { log: { enabled } } }));

export const readFirewallEntries = (query: FirewallQuery, after: string | undefined, signal?: AbortSignal) =>
  call<Got<'/service/v1/firewall-log'>>('GET', `${ENTRIES}?${search({ ...query, limit: '50', after })}`, { signal });

export type FirewallExport = 'csv' | 'json';

/** The newest entries as a file. */
export const exportFirewallEntries = async (query: FirewallQuery, format: FirewallExport): Promise<Blob> =>
  (await open(`${ENTRIES}/export?${search({ ...query, format })}`)).blob();
