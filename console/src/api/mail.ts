// Mails on their way, for operators: the service's own, and those about accounts, which identity keeps.
import { action, as } from './act';
import { call } from './http';

export type MailSource = 'service' | 'identity';

export interface Mail {
  id: string;
  template: string;
  language: 'ja' | 'en';
  recipient: string;
  subject: string;
  state: 'waiting' | 'sent' | 'failed';
  /** ISO 8601, as all times here */
  posted: string;
  goodUntil: string | null;
  tries: number;
  nextTry: string | null;
  lastError: string | null;
  settled: string | null;
  /** Whether it holds a link that is hidden and still good. */
  secret: boolean;
  opened: string | null;
  openedBy: string | null;
}

export interface Outbox {
  /** `name:port`; null: none is configured, and nothing leaves by itself */
  relay: string | null;
  mails: Mail[];
}

/** One of the mails of both outboxes. */
export interface ListedMail {
  source: MailSource;
  relay: string | null;
  mail: Mail;
}

export interface ShownMail {
  mail: Mail;
  body: string;
}

const PATH: Record<MailSource, string> = { service: '/service/v1/mails', identity: '/service/v1/identity-mails' };

export const listMails = (source: MailSource, signal?: AbortSignal) => call<Outbox>('GET', PATH[source], { signal });
export const readMail = (source: MailSource, id: string, signal?: AbortSignal) => call<ShownMail>('GET', `${PATH[source]}/${id}`, { signal });
/** With its link; recorded. */
export const openMail = action((source: MailSource, id: string) => ({ method: 'POST', path: `${PATH[source]}/${id}/opening` }), as<ShownMail>());
export const retryMail = action((source: MailSource, id: string) => ({ method: 'POST', path: `${PATH[source]}/${id}/retry` }));
