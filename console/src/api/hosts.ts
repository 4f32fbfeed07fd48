// The hosts by the service API: all of them for an operator, the dedicated ones for a customer.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

export type Room = Service['HostRoom'];

export type Host = Service['Host'];

/** Shown once: the token is in the command. */
export type JoinCommand = Service['JoinToken'];

export async function listHosts(signal?: AbortSignal): Promise<Host[]> {
  return (await call<Got<'/service/v1/hosts'>>('GET', '/service/v1/hosts', { signal })).hosts;
}

export const makeJoinCommand = action(() => ({ method: 'POST', path: '/service/v1/host-tokens' }), as<JoinCommand>());

/** How the emptying of a host goes on, server by server. */
export type Drain = Service['Drain'];

export type DrainedServer = Service['DrainGuest'];

/** @param drain whether its servers go to other hosts; else they stay, and a drain under way ends */
export const beginMaintenance = action(
  (id: string, reason: string, drain: boolean) => ({ method: 'PUT', path: `/service/v1/hosts/${id}/maintenance`, body: { reason, drain } }),
  as<Host>(),
);

export function showDrain(id: string, signal?: AbortSignal): Promise<Drain> {
  return call<Got<'/service/v1/hosts/{id}/drain'>>('GET', `/service/v1/hosts/${id}/drain`, { signal });
}

export const endMaintenance = action((id: string) => ({ method: 'DELETE', path: `/service/v1/hosts/${id}/maintenance` }), as<Host>());

export const dedicateHost = action(
  (id: string, project: string) => ({ method: 'PUT', path: `/service/v1/hosts/${id}/owner`, body: { project } }),
  as<Host>(),
);

export const undedicateHost = action((id: string) => ({ method: 'DELETE', path: `/service/v1/hosts/${id}/owner` }), as<Host>());

export const removeHost = action((id: string) => ({ method: 'DELETE', path: `/service/v1/hosts/${id}` }));
