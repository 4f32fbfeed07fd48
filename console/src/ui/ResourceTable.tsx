// The list of one kind of resource: search, sorting, pages, chosen columns, a quick look, a file of it; the same on every page.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../app/language';
import { QuickLook } from '../app/quickLook';
import { useMay } from '../app/rights';
import { Failure } from './Failure';
import { Empty } from './list/Empty';
import { ListFilter } from './list/ListFilter';
import { ListHeader } from './list/ListHeader';
import { ListPreferences, type Kept } from './list/ListPreferences';
import { readAll, serves, useLongList, type LongList } from './list/long';
import { sift, sorted } from './list/sift';
import { useRenewed } from './list/useRenewed';
import { useView } from './list/useView';
import { RouteLink } from './RouteLink';
import { useKept } from './useKept';

export interface Column<T> {
  id: string;
  header: string;
  cell: (item: T) => ReactNode;
  /** What the column is sorted by, searched in and written to a file; without it, it is none of these. */
  value?: (item: T) => string | number;
  /** For a column with but a few values: the words that are shown for them. */
  words?: Readonly<Record<string, string>>;
  hidden?: boolean;
  width?: number;
}

export interface ResourceTableProps<T> {
  /** Names the page's settings in this browser, the file, and where the page has several lists, this one in the address. */
  id: string;
  title: string;
  description?: ReactNode;
  /** All of them; of a long list the first, in its own order. */
  items: readonly T[] | undefined;
  /** Where there are more than the browser should hold: how the service is asked for a page. */
  long?: LongList<T> | undefined;
  error: unknown;
  onRefresh: () => void;
  refreshing: boolean;
  columns: readonly Column<T>[];
  trackBy: (item: T) => string;
  label: (item: T) => string;
  /** The action of the service's policy for who changes these; others see no buttons. */
  change?: string;
  actions?: ReactNode;
  empty: { title: string; text: string; action?: ReactNode };
  selected?: readonly T[];
  onSelect?: (items: T[]) => void;
  /** Whether only one is selected at a time. */
  single?: boolean;
  /** What there is to see of an item without leaving the list. */
  look?: (item: T) => ReactNode;
  /** By which id the history knows an item; each row then leads to what was done to it. */
  historyOf?: (item: T) => string;
  variant?: 'full-page' | 'container';
  defaultSort?: { column: string; descending?: boolean };
}

export function ResourceTable<T>(props: ResourceTableProps<T>) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { columns, long, trackBy, historyOf, look, variant = 'full-page' } = props;
  const may = useMay();
  const changes = props.change === undefined || may(props.change);
  const [kept, keep] = useKept<Kept>(`table.${props.id}`, {
    pageSize: 20,
    contentDensity: 'comfortable',
    columns: columns.filter((column) => !column.hidden).map((column) => column.id),
  });
  const view = useView(variant === 'full-page' ? '' : `${props.id}.`, columns.map((column) => column.id));
  const sort = view.sort ?? { column: props.defaultSort?.column ?? columns[0]?.id ?? '', descending: props.defaultSort?.descending ?? false };
  const { filter } = view;

  const all = useMemo(() => {
    if (!props.items || long) return undefined;
    return sorted(sift(props.items, filter, columns), { column: sort.column, descending: sort.descending }, columns, language);
  }, [props.items, long, filter, sort.column, sort.descending, columns, language]);
  const paged = useLongList(long, { ...view, sort }, kept.pageSize);
  const pages = all ? Math.max(1, Math.ceil(all.length / kept.pageSize)) : paged.pages;
  const page = all ? Math.min(view.page, pages) : paged.page;
  // The first page of a long list is what was read to see that it is long.
  const known = long && filter.tokens.length === 0 && view.sort === null && page === 1 ? props.items : undefined;
  const rows = useMemo(
    () => all?.slice((page - 1) * kept.pageSize, page * kept.pageSize) ?? paged.items ?? known?.slice(0, kept.pageSize) ?? [],
    [all, page, kept.pageSize, paged.items, known],
  );

  // Who changes nothing still selects what he looks at.
  const [looked, setLooked] = useState<readonly T[]>([]);
  const picks = props.onSelect !== undefined && changes;
  const selected = (picks ? props.selected : looked) ?? [];
  useRenewed(rows, selected, trackBy, picks ? props.onSelect : setLooked);

  const searched = filter.tokens.length > 0;
  const unserved = long ? filter.tokens.filter((token) => !serves(long, token)) : [];
  const error = props.error ?? paged.error;
  const told = historyOf !== undefined && may('history:event:list');
  const definitions = columns.map((column) => ({
    id: column.id,
    header: column.header,
    cell: column.cell,
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.value && (!long || long.sorts.includes(column.id)) ? { sortingField: column.id } : {}),
    isRowHeader: column.id === columns[0]?.id,
  }));
  const history = {
    id: 'history',
    header: t('nav.history'),
    cell: (item: T) => historyOf && <RouteLink to={`/history?target=${encodeURIComponent(historyOf(item))}`}>{t('history.show')}</RouteLink>,
    isRowHeader: false,
  };
  const only = selected.length === 1 ? selected[0] : undefined;
  return (
    <SpaceBetween size="s">
      <Failure error={error} header={props.items ? t('table.stale') : t('table.failed')} onRetry={props.onRefresh} />
      <Table<T>
        variant={variant}
        {...(variant === 'full-page' ? { stickyHeader: true } : {})}
        items={rows}
        loading={(props.items === undefined || (long !== undefined && paged.items === undefined && known === undefined)) && !error}
        loadingText={t('common.loading')}
        columnDefinitions={told ? [...definitions, history] : definitions}
        columnDisplay={[...columns.map((column) => ({ id: column.id, visible: kept.columns.includes(column.id) })), ...(told ? [{ id: 'history', visible: true }] : [])]}
        contentDensity={kept.contentDensity}
        trackBy={trackBy}
        wrapLines={false}
        resizableColumns={false}
        sortingColumn={{ sortingField: sort.column }}
        sortingDescending={sort.descending}
        onSortingChange={({ detail }) => view.sortBy({ column: detail.sortingColumn.sortingField ?? '', descending: detail.isDescending ?? false })}
        {...(picks || look
          ? {
              selectionType: props.single || !picks ? ('single' as const) : ('multi' as const),
              selectedItems: selected,
              onSelectionChange: ({ detail }) => (picks ? props.onSelect?.(detail.selectedItems) : setLooked(detail.selectedItems)),
            }
          : {})}
        ariaLabels={{
          tableLabel: props.title,
          selectionGroupLabel: t('table.selection'),
          allItemsSelectionLabel: () => t('table.selectAll'),
          itemSelectionLabel: (_, item) => t('table.select', { name: props.label(item) }),
        }}
        empty={
          searched ? (
            <Empty title={t('table.noMatch')} text={t('table.noMatchHint')}>
              <Button onClick={() => view.filterBy({ tokens: [], operation: 'and' })}>{t('table.clear')}</Button>
            </Empty>
          ) : (
            <Empty title={props.empty.title} text={props.empty.text}>
              {changes && props.empty.action}
            </Empty>
          )
        }
        header={
          <ListHeader
            {...props}
            selected={selected}
            columns={columns.filter((column) => kept.columns.includes(column.id))}
            gather={async (signal) => all ?? (long ? await readAll(long, { ...view, sort }, signal) : [])}
            actions={changes && props.actions}
            onRefresh={() => (long ? void paged.refetch() : props.onRefresh())}
          />
        }
        filter={
          <>
            <ListFilter filter={filter} onFilter={view.filterBy} columns={columns} items={props.items ?? []} long={long} matches={searched ? all?.length : undefined} />
            {unserved.length > 0 && (
              <Box color="text-status-warning" fontSize="body-s">
                {t('table.unserved', {
                  columns: unserved.map((token) => columns.find((column) => column.id === token.propertyKey)?.header ?? token.value).join(', '),
                })}
              </Box>
            )}
          </>
        }
        pagination={
          <Pagination
            currentPageIndex={page}
            pagesCount={pages}
            openEnd={paged.more}
            disabled={paged.waiting}
            onChange={({ detail }) => view.turnTo(detail.currentPageIndex)}
          />
        }
        preferences={<ListPreferences kept={kept} columns={columns} onKeep={keep} />}
      />
      {look && selected.length > 0 && (
        <QuickLook title={only ? props.label(only) : t('table.selected', { number: selected.length })}>
          {only ? look(only) : <Box>{selected.map(props.label).join(', ')}</Box>}
        </QuickLook>
      )}
    </SpaceBetween>
  );
}
