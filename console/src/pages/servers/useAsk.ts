// Asks something of a server and follows it until it is done.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { actOnServer, deleteServer, type Server, type ServerAction } from '../../api/compute';
import { useWatch } from '../../app/watch';
import type { Act } from './condition';
import { usePassword } from './usePassword';

/** @returns resolves when the service has taken it; throws its refusal. Null: deletion. */
export function useAsk(): (server: Server, act: Act, action: ServerAction | null) => Promise<void> {
  const watch = useWatch();
  const tellPassword = usePassword();
  return async (server, act, action) => {
    const answer = await (action ? actOnServer(server.id, action) : deleteServer(server.id));
    const password = answer?.adminPass ?? answer?.server?.adminPass;
    if (password && (act === 'rescue' || act === 'rebuild')) tellPassword(act, server.name, password);
    watch(server.id, server.name, act);
  };
}

export function useRefreshServers(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(() => client.invalidateQueries({ queryKey: ['servers'] }), [client]);
}
