// Work that should be done by now, for operators.
import { call } from './http';

export interface OverdueServer {
  id: string;
  name: string;
  project: string;
  /** null: on none yet */
  host: string | null;
  /** what it is to become: running, stopped, gone … */
  goal: string;
  /** why it is late, in English */
  reason: string | null;
  /** ISO 8601: since when it is late */
  since: string;
}

export const listOverdue = async (signal?: AbortSignal) => (await call<{ servers: OverdueServer[] }>('GET', '/service/v1/overdue-work', { signal })).servers;
