// The project's history: every change, refused request and log-in, newest first.
import { call } from './http';

export interface HistoryEvent {
  id: string;
  /** ISO 8601 */
  time: string;
  action: string;
  outcome: string;
  initiator: { id: string; type?: string; name: string | null; address: string | null; agent: string | null };
  target: { id: string; type: string; name: string | null };
  reason: string | null;
  requestId: string | null;
  /** Of a log-in: how, and at which identity provider. */
  methods?: string | null;
  provider?: string | null;
}

export interface HistoryPage {
  events: HistoryEvent[];
  next: string | null;
}

export interface HistoryQuery {
  limit: number;
  after?: string | undefined;
  target?: string | undefined;
  /** Names of actions, with commas between. */
  action?: string | undefined;
  outcome?: string | undefined;
  /** That of all customers and of the provider; else the own project's. */
  everyone?: boolean | undefined;
}

export function readHistory({ limit, after, target, action, outcome, everyone }: HistoryQuery, signal?: AbortSignal): Promise<HistoryPage> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (after) query.set('after', after);
  if (target) query.set('target', target);
  if (action) query.set('action', action);
  if (outcome) query.set('outcome', outcome);
  if (everyone) query.set('everyone', 'true');
  return call('GET', `/service/v1/history?${query}`, { signal });
}
