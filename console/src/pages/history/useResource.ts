// Whether the thing that an event is about still is, and what it is called.
import { useQuery } from '@tanstack/react-query';
import { call, ApiError } from '../../api/http';
import type { HistoryEvent } from '../../api/history';
import { PLACES } from './places';

export interface Resource {
  /** Where the console shows it; absent where it has no page. */
  page: string | undefined;
  there: boolean;
  /** Empty where it has none. */
  name: string;
}

const GONE = { there: false, name: '' };

/** An answer's only member, or the answer itself, as the services wrap what they show or do not. */
function nameIn(answer: Record<string, unknown>): string {
  const inner = Object.values(answer);
  const thing = (inner.length === 1 && typeof inner[0] === 'object' && inner[0] !== null ? inner[0] : answer) as { name?: unknown };
  return typeof thing.name === 'string' ? thing.name : '';
}

/** undefined where nothing is known of such things, or it is another project's, or before it is known. */
export function useThing(kind: string | undefined, id: string, own: boolean): Resource | undefined {
  const place = own && kind ? PLACES[kind] : undefined;
  const found = useQuery({
    queryKey: ['history-resource', kind, id],
    enabled: place !== undefined,
    retry: false,
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      try {
        return { there: true, name: nameIn(await call<Record<string, unknown>>('GET', place!.api(encodeURIComponent(id)), { signal })) };
      } catch (error) {
        if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return GONE;
        throw error;
      }
    },
  });
  return place && found.data ? { page: place.page?.(encodeURIComponent(id)), ...found.data } : undefined;
}

/** The thing that the event is about, where the console has a page for it. */
export function useResource(event: HistoryEvent, own: boolean): (Resource & { page: string }) | undefined {
  const thing = useThing(PLACES[event.target.type]?.page && event.target.type, event.target.id, own);
  return thing?.page === undefined ? undefined : { ...thing, page: thing.page };
}
