// Who looked at a server's consoles, and who looks now.
import { queryOptions } from '@tanstack/react-query';
import { call } from './http';
import { CALM, followed } from './polling';
import type { Got, Service } from './service';

export type ConsoleVisit = Service['ConsoleVisit'];

export const visitsOf = (server: string) =>
  queryOptions({
    queryKey: ['servers', server, 'console-visits'],
    queryFn: async ({ signal }) => (await call<Got<'/service/v1/servers/{server}/console-visits'>>('GET', `/service/v1/servers/${server}/console-visits`, { signal })).visits,
    refetchInterval: () => followed(CALM),
  });
