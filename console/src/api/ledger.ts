// What the ledger has published for everybody, and how it is, for the provider.
import { action } from './act';
import type { Round } from './history';
import { call } from './http';

export interface LedgerKey {
  pem: string;
  /** of its DER form, in hexadecimal */
  sha256: string;
}

export interface Finding {
  found: string;
  kind: string;
  log: string | null;
  place: number | null;
  /** in English */
  sentence: string;
  /** absent of what an earlier version found */
  sentenceJa?: string | null;
}

export interface Audit {
  passes: number;
  lastPass: string | null;
  events?: number;
  findings: Finding[];
}

/** How one class of events is kept. */
export interface Kept {
  class: string;
  days: number;
  leastDays: number;
  /** when its oldest event that is there came */
  oldest: string | null;
  /** when its oldest month goes, unless it is held */
  nextDrop: string | null;
  /** ids of the holds on some of it */
  held: string[];
}

export const readRetention = async (signal?: AbortSignal): Promise<Kept[]> =>
  (await call<{ classes: Kept[] }>('GET', '/service/v1/history/retention', { signal })).classes;

export const changeRetention = action((about: string, days: number, reason: string) => ({
  method: 'PUT',
  path: `/service/v1/history/retention/${encodeURIComponent(about)}`,
  body: { days, reason },
}));

export const readKey = (signal?: AbortSignal): Promise<LedgerKey> => call('GET', '/service/v1/ledger/key', { signal });

/** Newest first. */
export const readRounds = async (before?: number, signal?: AbortSignal): Promise<Round[]> =>
  (await call<{ rounds: Round[] }>('GET', `/service/v1/ledger/rounds?limit=20${before === undefined ? '' : `&before=${before}`}`, { signal })).rounds;

export const readAudit = (signal?: AbortSignal): Promise<Audit> => call('GET', '/service/v1/ledger/audit', { signal });

/** A mail goes to the address, whoever it is. */
export const subscribe = (email: string, language: string, website: string): Promise<undefined> =>
  call('POST', '/service/v1/ledger/subscriptions', { body: { email, language, website } });

export const confirmSubscription = (token: string): Promise<undefined> => call('POST', '/service/v1/ledger/subscription-verifications', { body: { token } });

export const endSubscription = (token: string): Promise<undefined> => call('POST', '/service/v1/ledger/subscription-endings', { body: { token } });
