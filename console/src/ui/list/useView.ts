// A list's filters, order and page, kept in the address: a filter is a step that the browser's back button undoes.
import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readView, writeView, type Filter, type Sort, type View } from './view';

export interface ViewControl extends View {
  filterBy: (filter: Filter) => void;
  sortBy: (sort: Sort) => void;
  turnTo: (page: number) => void;
}

/** @param prefix tells apart the lists of one page; '' for the only one */
export function useView(prefix: string, columns: readonly string[]): ViewControl {
  const [parameters, setParameters] = useSearchParams();
  const known = columns.join();
  const view = useMemo(() => readView(parameters, prefix, known.split(',')), [parameters, prefix, known]);
  const change = useCallback(
    (part: Partial<View>, replace: boolean) =>
      setParameters((before) => writeView(before, prefix, known.split(','), { ...readView(before, prefix, known.split(',')), ...part }), {
        replace,
        preventScrollReset: true,
      }),
    [prefix, known, setParameters],
  );
  return useMemo(
    () => ({
      ...view,
      filterBy: (filter) => change({ filter, page: 1 }, false),
      sortBy: (sort) => change({ sort, page: 1 }, true),
      turnTo: (page) => change({ page }, true),
    }),
    [view, change],
  );
}
