// A list too long to be held by the browser: read page by page, filtered and sorted by the service as far as its API does that.
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Filter, Operator, Sort, Token, View } from './view';

export interface Ask {
  limit: number;
  /** the last item of the page before */
  marker?: string;
  filter: Filter;
  sort: Sort | null;
}

export interface Page<T> {
  items: T[];
  more: boolean;
}

export interface LongList<T> {
  key: readonly string[];
  /** How many there are at least. */
  atLeast: number;
  /** The columns that the service filters by, and how. A text without a column is looked for in `searched`. */
  filters: Readonly<Record<string, readonly Operator[]>>;
  searched: string;
  /** The columns that the service sorts by. */
  sorts: readonly string[];
  idOf: (item: T) => string;
  read: (ask: Ask, signal?: AbortSignal) => Promise<Page<T>>;
  /** milliseconds to the next look */
  poll: (items: readonly T[]) => number;
}

/** Whether the service can be asked for it. */
export function serves<T>(long: LongList<T>, token: Token): boolean {
  return (long.filters[token.propertyKey ?? long.searched] ?? []).includes(token.operator);
}

export function askOf<T>(long: LongList<T>, view: Pick<View, 'filter' | 'sort'>, limit: number): Ask {
  return {
    limit,
    filter: { tokens: view.filter.tokens.filter((token) => serves(long, token)), operation: 'and' },
    sort: view.sort && long.sorts.includes(view.sort.column) ? view.sort : null,
  };
}

const EXPORT_PAGE = 1000;

/** All that match, page after page. */
export async function readAll<T>(long: LongList<T>, view: Pick<View, 'filter' | 'sort'>, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let marker: string | undefined;
  for (;;) {
    const page: Page<T> = await long.read({ ...askOf(long, view, EXPORT_PAGE), ...(marker === undefined ? {} : { marker }) }, signal);
    all.push(...page.items);
    const last = page.items.at(-1);
    if (!page.more || !last) return all;
    marker = long.idOf(last);
  }
}

/** The page that the view is at, as far as the way to it is known: the API leads from each page to the next one only. */
export function useLongList<T>(long: LongList<T> | undefined, view: View, pageSize: number) {
  const client = useQueryClient();
  const ask = long ? askOf(long, view, pageSize) : null;
  const asked = JSON.stringify(ask);
  const way = [...(long?.key ?? []), 'way', asked];
  // Kept with what was read, so that a visitor who comes back from a page of an item is where he was.
  const [markers, setMarkers] = useState<{ asked: string; list: readonly string[] }>({ asked, list: client.getQueryData<string[]>(way) ?? [] });
  const known = markers.asked === asked ? markers.list : (client.getQueryData<string[]>(way) ?? []);
  const page = Math.min(view.page, known.length + 1);
  const marker = known[page - 2];
  const found = useQuery({
    queryKey: [...(long?.key ?? []), 'page', asked, marker ?? ''],
    queryFn: ({ signal }) => long!.read({ ...ask!, ...(marker === undefined ? {} : { marker }) }, signal),
    enabled: long !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => long?.poll(query.state.data?.items ?? []) ?? false,
  });
  const { data, isPlaceholderData } = found;
  const last = data?.more && !isPlaceholderData ? data.items.at(-1) : undefined;
  const next = long && last ? long.idOf(last) : undefined;
  useEffect(() => {
    if (next === undefined || known[page - 1] === next) return;
    const list = [...known.slice(0, page - 1), next];
    client.setQueryData(way, list);
    setMarkers({ asked, list });
  });
  return {
    items: data?.items,
    error: found.error,
    waiting: isPlaceholderData,
    page,
    pages: Math.max(known.length, page),
    more: data?.more === true,
    refetch: found.refetch,
  };
}
