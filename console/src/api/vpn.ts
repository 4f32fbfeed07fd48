// The SSL-VPN: its open tunnels, and how contracts are reached.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

/** A tunnel, from the granted log-in until it is gone. */
export type VpnSession = Service['VpnSession'];

export type Way = PortalAccess['portalAccess'];

export type PortalAccess = Service['PortalAccess'];

export async function listVpnSessions(everyone: boolean, signal?: AbortSignal): Promise<VpnSession[]> {
  const path = `/service/v1/vpn-sessions${everyone ? '?everyone=true' : ''}`;
  return (await call<Got<'/service/v1/vpn-sessions'>>('GET', path, { signal })).vpnSessions;
}

export const endVpnSession = action((id: string) => ({ method: 'DELETE', path: `/service/v1/vpn-sessions/${encodeURIComponent(id)}` }));

export const readPortalAccess = (signal?: AbortSignal) => call<Got<'/service/v1/portal-access'>>('GET', '/service/v1/portal-access', { signal });

export async function listPortalAccess(signal?: AbortSignal): Promise<PortalAccess[]> {
  return (await call<Got<'/service/v1/portal-access/contracts'>>('GET', '/service/v1/portal-access/contracts', { signal })).contracts;
}

export const changePortalAccess = action(
  (contract: string, portalAccess: Way) => ({ method: 'PUT', path: `/service/v1/portal-access?contract=${encodeURIComponent(contract)}`, body: { portalAccess } }),
  as<PortalAccess>(),
);
