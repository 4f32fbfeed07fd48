// Where a history is sent to: the customer's own log service, by the service API.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

export type Problem = Service['DestinationProblem'];

export type Destination = Service['Destination'];

export type DestinationWish = Service['ForwardingBody'];

/** How a connection or a test message went. */
export type Trial = Service['ForwardingTrial'];

/** The secret is shown this once. */
export type Made = Service['ForwardingMade'];

const ROOT = '/service/v1/forwarding';
const PATH = `${ROOT}/destinations`;
const of = (project?: string) => (project ? `?project=${encodeURIComponent(project)}` : '');

/** @param project another history than the own project's, for the provider's people: "provider" for their own */
export const readDestinations = async (project?: string, signal?: AbortSignal): Promise<Destination[]> =>
  (await call<Got<'/service/v1/forwarding/destinations'>>('GET', `${PATH}${of(project)}`, { signal })).destinations;
export const readDestination = (id: string, signal?: AbortSignal) => call<Got<'/service/v1/forwarding/destinations/{id}'>>('GET', `${PATH}/${id}`, { signal });
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
