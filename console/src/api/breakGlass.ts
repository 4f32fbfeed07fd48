// Operators' access to customers' projects and to hosts for a time, and log-ins on hosts, by the service API.
import { action, as } from './act';
import { call } from './http';

export interface Person {
  id: string;
  name: string;
}

export interface BreakGlassCase {
  id: string;
  /** of project and host, one */
  project?: string;
  host?: { id: string; name: string };
  reason: string;
  ticket: string;
  minutes: number;
  state: 'requested' | 'lapsed' | 'declined' | 'running' | 'review_due' | 'reviewed';
  requestedBy: Person;
  /** ISO 8601 */
  requestedAt: string;
  decidedBy?: Person;
  decidedAt?: string;
  endsAt?: string;
  endedBy?: Person;
  reviewedBy?: Person;
  reviewedAt?: string;
  reviewNote?: string;
}

/** A log-in on the machine of a host. */
export interface HostLogIn {
  id: string;
  host: string;
  hostName: string;
  /** ISO 8601 */
  at: string;
  /** of the machine */
  user: string;
  /** address or name; empty: at the machine itself */
  from: string;
  terminal: string;
  /** of the access to the host that ran then */
  ticket?: string;
  /** no access ran, and one was required */
  alarm: boolean;
  signedBy?: Person;
  signedAt?: string;
  note?: string;
}

export interface HostAccess {
  /** that run */
  grants: BreakGlassCase[];
  /** newest first */
  logIns: HostLogIn[];
}

export interface BreakGlass {
  /** Whether an operator's role suffices in customers' projects, or only with a grant. */
  setting: 'open' | 'required';
  /** newest first */
  cases: BreakGlassCase[];
  /** without an access, and nobody has looked into them */
  logIns: HostLogIn[];
}

/** For a project or for a host. */
export interface BreakGlassWish {
  project?: string;
  host?: string;
  reason: string;
  ticket: string;
  minutes: number;
}

const PATH = '/service/v1/break-glass';

export const readBreakGlass = (signal?: AbortSignal) => call<BreakGlass>('GET', PATH, { signal });
export const requestAccess = action((wish: BreakGlassWish) => ({ method: 'POST', path: PATH, body: wish }), as<BreakGlassCase>());
export const approveAccess = action((id: string) => ({ method: 'PUT', path: `${PATH}/${id}/approval` }), as<BreakGlassCase>());
export const declineAccess = action((id: string) => ({ method: 'DELETE', path: `${PATH}/${id}/approval` }), as<BreakGlassCase>());
export const endAccess = action((id: string) => ({ method: 'PUT', path: `${PATH}/${id}/end` }), as<BreakGlassCase>());
export const reviewAccess = action((id: string, note: string) => ({ method: 'PUT', path: `${PATH}/${id}/review`, body: { note } }), as<BreakGlassCase>());
export const signLogIn = action((id: string, note: string) => ({ method: 'PUT', path: `${PATH}/log-ins/${id}/review`, body: { note } }), as<HostLogIn>());
export const readHostAccess = (host: string, signal?: AbortSignal) => call<HostAccess>('GET', `/service/v1/hosts/${host}/access`, { signal });
