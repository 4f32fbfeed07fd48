// The hosts by the service API: all of them for an operator, the dedicated ones for a customer.
import { action, as } from './act';
import { call } from './http';

export interface Room {
  total: number;
  used: number;
}

export interface Host {
  id: string;
  name: string;
  zone: string;
  state: 'up' | 'maintenance' | 'unknown';
  maintenanceReason: string | null;
  /** whether its servers are to go to other hosts, and whether any is left */
  drain: 'draining' | 'drained' | null;
  project: string | null;
  vcpus: Room;
  memoryMib: Room;
  diskGib: Room;
  guests: number;
  gateway: boolean;
  facts: Partial<Record<'acceleration' | 'accelerationNote' | 'cpuModel' | 'hypervisorVersion' | 'libvirtVersion' | 'kernel' | 'nodeVersion', string>> & {
    clockOffsetSeconds?: number;
  };
  /** ISO 8601 */
  lastSeen: string;
  joinedAt: string;
  timeToFirstGuestSeconds: number | null;
  /** ISO 8601; the host renews it by itself. For operators; null to others, and until the host attaches. */
  certificateEndsAt: string | null;
}

/** Shown once: the token is in the command. */
export interface JoinCommand {
  command: string;
  expiresAt: string;
}

export async function listHosts(signal?: AbortSignal): Promise<Host[]> {
  return (await call<{ hosts: Host[] }>('GET', '/service/v1/hosts', { signal })).hosts;
}

export const makeJoinCommand = action(() => ({ method: 'POST', path: '/service/v1/host-tokens' }), as<JoinCommand>());

/** How the emptying of a host goes on, server by server. */
export interface Drain {
  state: 'draining' | 'drained' | 'ended';
  startedAt: string;
  emptiedAt: string | null;
  endedAt: string | null;
  longestStandstillMillis: number | null;
  servers: DrainedServer[];
}

export interface DrainedServer {
  id: string;
  name: string;
  project: string;
  state: 'moving' | 'stuck' | 'waiting' | 'moved' | 'gone';
  tries: number;
  /** percent, while it moves */
  progress: number | null;
  target: string | null;
  standstillMillis: number | null;
  movedAt: string | null;
  obstacle: { code: string; sentence: string; next: string } | null;
}

/** @param drain whether its servers go to other hosts; else they stay, and a drain under way ends */
export const beginMaintenance = action(
  (id: string, reason: string, drain: boolean) => ({ method: 'PUT', path: `/service/v1/hosts/${id}/maintenance`, body: { reason, drain } }),
  as<Host>(),
);

export function showDrain(id: string, signal?: AbortSignal): Promise<Drain> {
  return call('GET', `/service/v1/hosts/${id}/drain`, { signal });
}

export const endMaintenance = action((id: string) => ({ method: 'DELETE', path: `/service/v1/hosts/${id}/maintenance` }), as<Host>());

export const dedicateHost = action(
  (id: string, project: string) => ({ method: 'PUT', path: `/service/v1/hosts/${id}/owner`, body: { project } }),
  as<Host>(),
);

export const undedicateHost = action((id: string) => ({ method: 'DELETE', path: `/service/v1/hosts/${id}/owner` }), as<Host>());

export const removeHost = action((id: string) => ({ method: 'DELETE', path: `/service/v1/hosts/${id}` }));
