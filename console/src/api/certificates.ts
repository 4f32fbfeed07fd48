// The certificates of the site by the service API; for operators.
import { call } from './http';

export interface Certificate {
  /** where it is used: edge, cloud, identity, ledger, vpn, gateway, southbound, launcher, authority, hosts-authority, host */
  name: string;
  /** the host's name, for a host's */
  host?: string;
  renewal: 'built-in' | 'acme' | 'file' | 'host' | 'up';
  state: 'good' | 'expiring' | 'urgent' | 'ended' | 'unseen';
  subject?: string;
  names?: string[];
  issuer?: string;
  /** sha256:… */
  fingerprint?: string;
  /** ISO 8601, as all times here */
  notBefore?: string;
  notAfter?: string;
  renewsAt?: string;
  seenAt?: string;
  problem?: 'unreachable' | 'unreadable';
  detail?: string;
}

export async function readCertificates(signal?: AbortSignal): Promise<Certificate[]> {
  return (await call<{ certificates: Certificate[] }>('GET', '/service/v1/certificates', { signal })).certificates;
}
