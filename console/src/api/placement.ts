// Why servers went to their hosts, or to none: what the provider's people are told.
import { call } from './http';
import type { Got, Service } from './service';

export type Search = Service['Decision'];

/** Newest first. */
export const readPlacement = async (server: string, signal?: AbortSignal) =>
  (await call<Got<'/service/v1/servers/{server}/placement'>>('GET', `/service/v1/servers/${server}/placement`, { signal })).searches;
