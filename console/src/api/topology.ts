// A project's networks and servers in a few words each, by the service API: one request for what pictures and summaries need.
import { call } from './http';
import type { Got, Service } from './service';

export type Topology = Service['Topology'];

export const readTopology = (signal?: AbortSignal) => call<Got<'/service/v1/topology'>>('GET', '/service/v1/topology', { signal });
