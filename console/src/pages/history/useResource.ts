// Where the console shows the thing that an event is about, and whether it still is.
import { useQuery } from '@tanstack/react-query';
import { call, ApiError } from '../../api/http';
import type { HistoryEvent } from '../../api/history';

/** By the kind in the event: where the service has the thing, and where the console shows it. */
const PLACES: Record<string, { api: (id: string) => string; page: (id: string) => string }> = {
  'compute/server': { api: (id) => `/compute/v2.1/servers/${id}`, page: (id) => `/servers/${id}` },
  'network/network': { api: (id) => `/network/v2.0/networks/${id}`, page: (id) => `/networks/${id}` },
  'network/security-group': { api: (id) => `/network/v2.0/security-groups/${id}`, page: (id) => `/security-groups/${id}` },
  'network/router': { api: (id) => `/network/v2.0/routers/${id}`, page: () => '/routers' },
  'network/floatingip': { api: (id) => `/network/v2.0/floatingips/${id}`, page: () => '/floating-addresses' },
  'image/image': { api: (id) => `/image/v2/images/${id}`, page: () => '/images' },
  'service/plan': { api: (id) => `/service/v1/plans/${id}`, page: (id) => `/plans/${id}` },
};

export interface Resource {
  page: string;
  there: boolean;
}

/** undefined where the console has no page for it, or it is another project's, or before it is known. */
export function useResource(event: HistoryEvent, own: boolean): Resource | undefined {
  const place = own ? PLACES[event.target.type] : undefined;
  const id = encodeURIComponent(event.target.id);
  const found = useQuery({
    queryKey: ['history-resource', event.target.type, event.target.id],
    enabled: place !== undefined,
    retry: false,
    queryFn: async ({ signal }) => {
      try {
        await call('GET', place!.api(id), { signal });
        return true;
      } catch (error) {
        if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return false;
        throw error;
      }
    },
  });
  return place && found.data !== undefined ? { page: place.page(id), there: found.data } : undefined;
}
