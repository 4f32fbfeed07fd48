// Who looked at a server's consoles, and who looks now.
import { queryOptions } from '@tanstack/react-query';
import { call } from './http';
import { CALM, followed } from './polling';

export interface ConsoleVisit {
  id: string;
  kind: 'graphical' | 'serial';
  userId: string;
  userName: string;
  address: string;
  openedAt: string;
  /** null while it is open */
  closedAt: string | null;
  ended: 'left' | 'ended' | 'lost' | null;
}

export const visitsOf = (server: string) =>
  queryOptions({
    queryKey: ['servers', server, 'console-visits'],
    queryFn: async ({ signal }) => (await call<{ visits: ConsoleVisit[] }>('GET', `/service/v1/servers/${server}/console-visits`, { signal })).visits,
    refetchInterval: () => followed(CALM),
  });
