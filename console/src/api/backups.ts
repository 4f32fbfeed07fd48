// The backups of identity's database by the service API; for operators.
import { call } from './http';

export interface Backup {
  name: string;
  /** ISO 8601 */
  madeAt: string;
  bytes: number;
  /** false: the file is there but cannot be used */
  good: boolean;
  rows: number | null;
  tables: number | null;
  seconds: number | null;
  by: 'schedule' | 'command' | 'found' | null;
}

export interface Backups {
  state: 'none' | 'good' | 'failing' | 'overdue';
  everySeconds: number;
  keptSeconds: number;
  /** on the machine of identity */
  directory: string;
  newestAt: string | null;
  lastFailure: { at: string; reason: string } | null;
  /** newest first */
  backups: Backup[];
}

export function readBackups(signal?: AbortSignal): Promise<Backups> {
  return call('GET', '/service/v1/backups', { signal });
}
