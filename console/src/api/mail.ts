// Mails on their way, for operators: the service's own, and those about accounts, which identity keeps.
import { action, as } from './act';
import { call } from './http';
import type { Got, Service } from './service';

export type MailSource = 'service' | 'identity';

export type Mail = Service['MailOutboxEntry'];

export type Outbox = Service['MailOutboxListing'];

/** One of the mails of both outboxes. */
export interface ListedMail {
  source: MailSource;
  relay: string | null;
  mail: Mail;
}

export type ShownMail = Service['MailOutboxShown'];

const PATH: Record<MailSource, string> = { service: '/service/v1/mails', identity: '/service/v1/identity-mails' };

export const listMails = (source: MailSource, signal?: AbortSignal) => call<Got<'/service/v1/mails'>>('GET', PATH[source], { signal });
export const readMail = (source: MailSource, id: string, signal?: AbortSignal) => call<Got<'/service/v1/mails/{mail}'>>('GET', `${PATH[source]}/${id}`, { signal });
/** With its link; recorded. */
export const openMail = action((source: MailSource, id: string) => ({ method: 'POST', path: `${PATH[source]}/${id}/opening` }), as<ShownMail>());
export const retryMail = action((source: MailSource, id: string) => ({ method: 'POST', path: `${PATH[source]}/${id}/retry` }));
