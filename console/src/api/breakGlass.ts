// Operators' access to customers' projects and to hosts for a time, and log-ins on hosts, by the service API.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

export type Person = Service['BreakGlassCasePerson'];

export type BreakGlassCase = Service['BreakGlassCase'];

/** A log-in on the machine of a host. */
export type HostLogIn = Service['LogIn'];

export type HostAccess = Service['HostAccess'];

export type BreakGlass = Service['BreakGlassListing'];

/** For a project or for a host. */
export type BreakGlassWish = Service['BreakGlassWish'];

const PATH = '/service/v1/break-glass';

export const readBreakGlass = (signal?: AbortSignal) => call<Got<'/service/v1/break-glass'>>('GET', PATH, { signal });
export const requestAccess = action((wish: BreakGlassWish) => ({ method: 'POST', path: PATH, body: wish }), as<BreakGlassCase>());
export const approveAccess = action((id: string) => ({ method: 'PUT', path: `${PATH}/${id}/approval` }), as<BreakGlassCase>());
export const declineAccess = action((id: string) => ({ method: 'DELETE', path: `${PATH}/${id}/approval` }), as<BreakGlassCase>());
export const endAccess = action((id: string) => ({ method: 'PUT', path: `${PATH}/${id}/end` }), as<BreakGlassCase>());
export const reviewAccess = action((id: string, note: string) => ({ method: 'PUT', path: `${PATH}/${id}/review`, body: { note } }), as<BreakGlassCase>());
export const signLogIn = action((id: string, note: string) => ({ method: 'PUT', path: `${PATH}/log-ins/${id}/review`, body: { note } }), as<HostLogIn>());
export const readHostAccess = (host: string, signal?: AbortSignal) => call<Got<'/service/v1/hosts/{id}/access'>>('GET', `/service/v1/hosts/${host}/access`, { signal });
