// What a project may have of the network, and what of it is used.
import { call } from './http';

/** -1: no limit */
export interface NetworkQuota {
  limit: number;
  used: number;
}

export const NETWORK_KINDS = ['floatingip', 'network', 'router', 'port', 'security_group'] as const;
export type NetworkKind = (typeof NETWORK_KINDS)[number];

export const readNetworkQuota = async (project: string, signal?: AbortSignal) =>
  (await call<{ quota: Partial<Record<NetworkKind, NetworkQuota>> }>('GET', `/network/v2.0/quotas/${encodeURIComponent(project)}/details`, { signal })).quota;
