// The backups of identity's database by the service API; for operators.
import { call } from './http';
import type { Got, Service } from './service';

export type Backup = Service['Backup'];

export type Backups = Service['Backups'];

export function readBackups(signal?: AbortSignal): Promise<Backups> {
  return call<Got<'/service/v1/backups'>>('GET', '/service/v1/backups', { signal });
}
