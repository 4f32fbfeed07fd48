// What the ledger has published for everybody, and how it is, for the provider.
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
  sentence: string;
}

export interface Audit {
  passes: number;
  lastPass: string | null;
  events?: number;
  findings: Finding[];
}

export const readKey = (signal?: AbortSignal): Promise<LedgerKey> => call('GET', '/service/v1/ledger/key', { signal });

/** Newest first. */
export const readRounds = async (before?: number, signal?: AbortSignal): Promise<Round[]> =>
  (await call<{ rounds: Round[] }>('GET', `/service/v1/ledger/rounds?limit=20${before === undefined ? '' : `&before=${before}`}`, { signal })).rounds;

export const readAudit = (signal?: AbortSignal): Promise<Audit> => call('GET', '/service/v1/ledger/audit', { signal });
