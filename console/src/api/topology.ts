// A project's networks and servers in a few words each, by the service API: one request for what pictures and summaries need.
import { call } from './http';

export interface Topology {
  networks: { id: string; name: string; status: string; own: boolean; shared: boolean; external: boolean }[];
  subnets: { id: string; networkId: string; name: string; ipVersion: 4 | 6; cidr: string; gateway: string | null }[];
  routers: { id: string; name: string; status: string; externalNetworkId: string | null; externalAddresses: string[] }[];
  ports: { id: string; networkId: string; name: string; status: string; macAddress: string; addresses: string[]; serverId: string | null; routerId: string | null }[];
  floatingAddresses: { id: string; address: string; networkId: string; portId: string | null; fixedAddress: string | null; routerId: string | null }[];
  /** the oldest 5,000; `status` as the compute API says it */
  servers: { id: string; name: string; status: string }[];
}

export const readTopology = (signal?: AbortSignal) => call<Topology>('GET', '/service/v1/topology', { signal });
