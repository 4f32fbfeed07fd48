// The hosts by the service API: all of them for an operator, the dedicated ones for a customer.
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
}

/** Shown once: the token is in the command. */
export interface JoinCommand {
  command: string;
  expiresAt: string;
}

export async function listHosts(signal?: AbortSignal): Promise<Host[]> {
  return (await call<{ hosts: Host[] }>('GET', '/service/v1/hosts', { signal })).hosts;
}

export function makeJoinCommand(): Promise<JoinCommand> {
  return call('POST', '/service/v1/host-tokens');
}

export function beginMaintenance(id: string, reason: string): Promise<Host> {
  return call('PUT', `/service/v1/hosts/${id}/maintenance`, { body: { reason } });
}

export function endMaintenance(id: string): Promise<Host> {
  return call('DELETE', `/service/v1/hosts/${id}/maintenance`);
}

export function dedicateHost(id: string, project: string): Promise<Host> {
  return call('PUT', `/service/v1/hosts/${id}/owner`, { body: { project } });
}

export function undedicateHost(id: string): Promise<Host> {
  return call('DELETE', `/service/v1/hosts/${id}/owner`);
}

export function removeHost(id: string): Promise<void> {
  return call('DELETE', `/service/v1/hosts/${id}`);
}
