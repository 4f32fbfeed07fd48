// The certificates of the site by the service API; for operators.
import { action } from './act';
import { call } from './http';

export interface Certificate {
  /** where it is used: edge, cloud, identity, ledger, vpn, gateway, southbound, launcher, evidence, authority, hosts-authority, host */
  name: string;
  /** the host's name, for a host's */
  host?: string;
  renewal: 'built-in' | 'acme' | 'file' | 'host' | 'up';
  /** where it comes from: the directory of the ACME server, or the file that an operator replaces */
  origin?: string;
  state: 'good' | 'expiring' | 'urgent' | 'ended' | 'unseen';
  subject?: string;
  names?: string[];
  issuer?: string;
  /** sha256:… */
  fingerprint?: string;
  /** ISO 8601, as all times here */
  notBefore?: string;
  notAfter?: string;
  /** absent where it does not renew by itself */
  renewsAt?: string;
  /** when its renewal was last looked after */
  triedAt?: string;
  /** when a renewal that failed is tried again */
  nextTryAt?: string;
  failure?: Failure;
  seenAt?: string;
  problem?: 'unreachable' | 'unreadable';
  detail?: string;
}

/** Why there is no new certificate: a word for the sentence, what it is about in its order, and the sentence in English. */
export interface Failure {
  reason: string;
  values: string[];
  detail: string;
}

export async function readCertificates(signal?: AbortSignal): Promise<Certificate[]> {
  return (await call<{ certificates: Certificate[] }>('GET', '/service/v1/certificates', { signal })).certificates;
}

/** Has a failed renewal tried again at once. */
export const retryRenewal = action((name: string) => ({ method: 'POST', path: `/service/v1/certificates/${name}/retry` }));
