// Work that should be done by now, for operators.
import { call } from './http';
import type { Got, Service } from './service';

export type OverdueServer = Service['OverdueServer'];

export const listOverdue = async (signal?: AbortSignal) => (await call<Got<'/service/v1/overdue-work'>>('GET', '/service/v1/overdue-work', { signal })).servers;
