// Where a history is sent to: the customer's own log service, by the service API.
import { action, as } from './act';
import { call } from './http';

export interface Problem {
  reason: string;
  /** in English, with what is particular to it */
  detail: string;
}

export interface Destination {
  id: string;
  /** Whose history: a project's id, or "provider". */
  log: string;
  name: string;
  kind: 'syslog' | 'webhook';
  host?: string;
  port?: number;
  serverName?: string;
  address?: string;
  /** PEM */
  authority?: string;
  clientCertificate?: string;
  /** ISO 8601 */
  createdAt: string;
  createdBy: string;
  /** Until when a webhook is signed with its former secret as well. */
  formerUntil?: string;
  state: 'active' | 'paused' | 'gone';
  /** The place in the history that is sent next. */
  next: number;
  waiting: number;
  /** How many events were too large for the receiver and were left out; the place of the last one. */
  parked: number;
  lastParked?: number;
  lagSeconds: number;
  deliveredAt?: string;
  failingSince?: string;
  tries: number;
  nextTryAt?: string;
  problem?: Problem;
}

export interface DestinationWish {
  name: string;
  kind: Destination['kind'];
  host?: string;
  port?: number;
  serverName?: string;
  address?: string;
  authority?: string;
  clientCertificate?: string;
  clientKey?: string;
  from?: 'now' | 'beginning';
}

/** How a connection or a test message went. */
export interface Trial {
  problem?: Problem;
  certificate?: { subject: string; issuer: string; notBefore: string; notAfter: string; protocol: string };
}

/** The secret is shown this once. */
export interface Made {
  destination: Destination;
  secret?: string;
}

const ROOT = '/service/v1/forwarding';
const PATH = `${ROOT}/destinations`;
const of = (project?: string) => (project ? `?project=${encodeURIComponent(project)}` : '');

/** @param project another history than the own project's, for the provider's people: "provider" for their own */
export const readDestinations = async (project?: string, signal?: AbortSignal): Promise<Destination[]> =>
  (await call<{ destinations: Destination[] }>('GET', `${PATH}${of(project)}`, { signal })).destinations;
export const readDestination = (id: string, signal?: AbortSignal) => call<Destination>('GET', `${PATH}/${id}`, { signal });
export const addDestination = action((wish: DestinationWish, project?: string) => ({ method: 'POST', path: `${PATH}${of(project)}`, body: wish }), as<Made>());
export const changeDestination = action((id: string, wish: DestinationWish) => ({ method: 'PUT', path: `${PATH}/${id}`, body: wish }), as<Destination>());
export const removeDestination = action((id: string) => ({ method: 'DELETE', path: `${PATH}/${id}` }));
export const renewSecret = action((id: string) => ({ method: 'POST', path: `${PATH}/${id}/secret` }), as<Made>());
export const pauseDestination = action((id: string) => ({ method: 'PUT', path: `${PATH}/${id}/pause` }), as<Destination>());
export const resumeDestination = action((id: string) => ({ method: 'DELETE', path: `${PATH}/${id}/pause` }), as<Destination>());
export const tryDestination = action((id: string) => ({ method: 'POST', path: `${PATH}/${id}/attempt` }), as<Destination>());
export const testDestination = action((id: string) => ({ method: 'POST', path: `${PATH}/${id}/test` }), as<Trial>());
/** Connects and saves nothing. */
export const checkDestination = (wish: DestinationWish, project?: string, existing?: string) =>
  call<Trial>('POST', `${ROOT}/checks${existing ? `?destination=${existing}` : of(project)}`, { body: wish });
