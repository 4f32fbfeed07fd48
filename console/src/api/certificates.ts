// The certificates of the site by the service API; for operators.
import { action } from './act';
import { call } from './http';
import type { Got, Service } from './service';

export type Certificate = Service['Certificate'];

/** Why there is no new certificate: a word for the sentence, what it is about in its order, and the sentence in English. */
export type Failure = Service['CertificateFailure'];

export async function readCertificates(signal?: AbortSignal): Promise<Certificate[]> {
  return (await call<Got<'/service/v1/certificates'>>('GET', '/service/v1/certificates', { signal })).certificates;
}

/** Has a failed renewal tried again at once. */
export const retryRenewal = action((name: string) => ({ method: 'POST', path: `/service/v1/certificates/${name}/retry` }));
