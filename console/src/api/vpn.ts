// The SSL-VPN: its open tunnels, and how contracts are reached.
import { action, as } from './act';
import { call } from './http';
import type { Named } from './session';

/** A tunnel, from the granted log-in until it is gone. */
export interface VpnSession {
  id: string;
  user: Named;
  contract: Named;
  state: 'opening' | 'open' | 'ending';
  /** Where its user is, and what the tunnel has inside. */
  address: string;
  innerAddress: string;
  client: string;
  /** ISO 8601 */
  since: string;
  seen: string | null;
  /** By the user, since the tunnel was last connected. */
  receivedBytes: number;
  sentBytes: number;
}

export type Way = 'internet' | 'ssl-vpn';

export interface PortalAccess {
  contract: Named;
  portalAccess: Way;
  /** The prefix of the contract's tunnels with ssl-vpn, else null. */
  tunnels: string | null;
  /** address:port at which clients connect; null: the site has no gateway. */
  gateway: string | null;
}

export async function listVpnSessions(everyone: boolean, signal?: AbortSignal): Promise<VpnSession[]> {
  const path = `/service/v1/vpn-sessions${everyone ? '?everyone=true' : ''}`;
  return (await call<{ vpnSessions: VpnSession[] }>('GET', path, { signal })).vpnSessions;
}

export const endVpnSession = action((id: string) => ({ method: 'DELETE', path: `/service/v1/vpn-sessions/${encodeURIComponent(id)}` }));

export const readPortalAccess = (signal?: AbortSignal) => call<PortalAccess>('GET', '/service/v1/portal-access', { signal });

export async function listPortalAccess(signal?: AbortSignal): Promise<PortalAccess[]> {
  return (await call<{ contracts: PortalAccess[] }>('GET', '/service/v1/portal-access/contracts', { signal })).contracts;
}

export const changePortalAccess = action(
  (contract: string, portalAccess: Way) => ({ method: 'PUT', path: `/service/v1/portal-access?contract=${encodeURIComponent(contract)}`, body: { portalAccess } }),
  as<PortalAccess>(),
);
