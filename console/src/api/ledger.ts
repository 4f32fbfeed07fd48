// What the ledger has published for everybody, and how it is, for the provider.
import { action } from './act';
import type { Round } from './history';
import { call } from './http';
import type { Got, Service } from './service';

export type LedgerKey = Service['LedgerKey'];

export type Finding = Service['LedgerFinding'];

export type Audit = Service['LedgerAudit'];

/** How one class of events is kept. */
export type Kept = Service['RetentionKept'];

export const readRetention = async (signal?: AbortSignal): Promise<Kept[]> =>
  (await call<Got<'/service/v1/history/retention'>>('GET', '/service/v1/history/retention', { signal })).classes;

export const changeRetention = action((about: string, days: number, reason: string) => ({
  method: 'PUT',
  path: `/service/v1/history/retention/${encodeURIComponent(about)}`,
  body: { days, reason },
}));

export const readKey = (signal?: AbortSignal): Promise<LedgerKey> => call<Got<'/service/v1/ledger/key'>>('GET', '/service/v1/ledger/key', { signal });

/** Newest first. */
export const readRounds = async (before?: number, signal?: AbortSignal): Promise<Round[]> =>
  (await call<Got<'/service/v1/ledger/rounds'>>('GET', `/service/v1/ledger/rounds?limit=20${before === undefined ? '' : `&before=${before}`}`, { signal })).rounds;

export const readAudit = (signal?: AbortSignal): Promise<Audit> => call<Got<'/service/v1/ledger/audit'>>('GET', '/service/v1/ledger/audit', { signal });

/** A mail goes to the address, whoever it is. */
export const subscribe = (email: string, language: string, website: string): Promise<undefined> =>
  call('POST', '/service/v1/ledger/subscriptions', { body: { email, language, website } });

export const confirmSubscription = (token: string): Promise<undefined> => call('POST', '/service/v1/ledger/subscription-verifications', { body: { token } });

export const endSubscription = (token: string): Promise<undefined> => call('POST', '/service/v1/ledger/subscription-endings', { body: { token } });
