// The project's history: every change, refused request and log-in, newest first; what proves it; and it as a file.
import { ApiError, call, open } from './http';
import type { Got, Service } from './service';

export type HistoryEvent = Service['HistoryEvent'];

export type HistoryPage = Service['History'];

/** Which events; what is absent means any. */
export interface HistoryFilter {
  target?: string | undefined;
  /** Names of actions, with commas between. */
  action?: string | undefined;
  outcome?: string | undefined;
  /** ID or name of who did it. */
  actor?: string | undefined;
  /** Address from which it was done, or the process that saw it. */
  source?: string | undefined;
  /** Words that are all in the event. */
  text?: string | undefined;
  /** ISO 8601 */
  since?: string | undefined;
  until?: string | undefined;
}

export interface HistoryQuery extends HistoryFilter {
  limit: number;
  after?: string | undefined;
  /** Another project's history, for the provider's people. */
  project?: string | undefined;
  /** That of all customers and of the provider; else the own project's. */
  everyone?: boolean | undefined;
}

/** What the ledger vouches for; hashes and signatures are base64. */
export type SignedHead = Service['SignedHead'];

export type Round = Service['Round'];

/** How a published round holds a head: as its leaf `place` of `size`, behind the nonce. */
export type HeldByRound = Service['HistoryHeldByRound'];

export type Proof = Service['HistoryProof'];

/** A field before and after, null where it had or has none; a confidential one's values are nowhere. */
export type FieldChange = Service['HistoryEventChange'];

/** All about one event; `text` is what is hashed, byte by byte. */
export type WholeEvent = Service['HistoryWhole'];

function search(words: Record<string, string | undefined>): string {
  const given = Object.entries(words).filter((word): word is [string, string] => Boolean(word[1]));
  return new URLSearchParams(given).toString();
}

const filterWords = ({ target, action, outcome, actor, source, text, since, until }: HistoryFilter) => ({ target, action, outcome, actor, source, text, since, until });

export function readHistory(query: HistoryQuery, signal?: AbortSignal): Promise<HistoryPage> {
  const { limit, after, project, everyone } = query;
  const words = { limit: String(limit), after, ...filterWords(query), project, everyone: everyone ? 'true' : undefined };
  return call<Got<'/service/v1/history'>>('GET', `/service/v1/history?${search(words)}`, { signal });
}

export const readEvent = (place: number, project: string | undefined, signal?: AbortSignal): Promise<WholeEvent> =>
  call<Got<'/service/v1/history/{place}'>>('GET', `/service/v1/history/${place}?${search({ project })}`, { signal });

/** How many events of a history are sealed; 0 before its first head. */
export async function readSealed(project: string | undefined, signal?: AbortSignal): Promise<number> {
  try {
    const { head } = await call<Got<'/service/v1/history/head'>>('GET', `/service/v1/history/head?${search({ project })}`, { signal });
    return head.size;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return 0;
    throw error;
  }
}

/** Events that a PDF has room for. */
export const PDF_MOST = 20_000;

export type ExportFormat = 'jsonl' | 'csv' | 'pdf';

/**
 * Fetches the history as a file. `onPart` hears how many lines and bytes have come, and how many events the whole history has. Throws ApiError, with status 0
 * too when the file ends before its end.
 */
export async function exportHistory(
  query: HistoryFilter & { project?: string | undefined; format: ExportFormat; language: string },
  onPart: (come: { lines: number; bytes: number; of: number }) => void,
  signal?: AbortSignal,
): Promise<Blob> {
  const response = await open(`/service/v1/history/export?${search({ ...filterWords(query), project: query.project, format: query.format, language: query.language })}`, signal);
  const of = Number(response.headers.get('x-unkai-events') ?? 0);
  const parts: BlobPart[] = [];
  let lines = 0;
  let bytes = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const part = await reader?.read();
      if (!part || part.done) break;
      parts.push(part.value as Uint8Array<ArrayBuffer>);
      for (const byte of part.value) if (byte === 10) lines++;
      bytes += part.value.length;
      onPart({ lines, bytes, of });
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, '');
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}
