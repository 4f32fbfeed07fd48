// Reads everything that a new server can be made from.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../../../api/queries';
import type { Choices } from './draft';

export function useChoices(): { choices: Choices | undefined; error: unknown; retry: () => void } {
  const images = useQuery(queries.images());
  const flavors = useQuery(queries.flavors());
  const networks = useQuery(queries.networks());
  const groups = useQuery(queries.securityGroups());
  const keys = useQuery(queries.keyPairs());
  const servers = useQuery(queries.servers());
  const limits = useQuery(queries.limits());
  const all = [images, flavors, networks, groups, keys, servers, limits];
  const choices = useMemo(() => {
    if (!images.data || !flavors.data || !networks.data || !groups.data || !keys.data || !servers.data || !limits.data) return undefined;
    return {
      images: images.data,
      flavors: flavors.data,
      networks: networks.data,
      groups: groups.data,
      keys: keys.data,
      servers: servers.data,
      limits: limits.data,
    };
  }, [images.data, flavors.data, networks.data, groups.data, keys.data, servers.data, limits.data]);
  return {
    choices,
    error: all.find((query) => query.error && !query.data)?.error ?? null,
    retry: () => all.forEach((query) => void (query.error && query.refetch())),
  };
}
