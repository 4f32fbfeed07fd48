// The list of one kind of resource: search, sorting, pages, chosen columns; the same on every page.
import { useCollection } from '@cloudscape-design/collection-hooks';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import PropertyFilter from '@cloudscape-design/components/property-filter';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/rights';
import { Failure } from './Failure';
import { RouteLink } from './RouteLink';
import { useKept } from './useKept';

export interface Column<T> {
  id: string;
  header: string;
  cell: (item: T) => ReactNode;
  /** What the column is sorted by and searched in; without it, it is neither. */
  value?: (item: T) => string | number;
  hidden?: boolean;
  width?: number;
}

interface ResourceTableProps<T> {
  /** Names the page's settings in this browser. */
  id: string;
  title: string;
  description?: ReactNode;
  items: readonly T[] | undefined;
  error: unknown;
  onRefresh: () => void;
  refreshing: boolean;
  columns: readonly Column<T>[];
  trackBy: (item: T) => string;
  label: (item: T) => string;
  /** The action of the service's policy for who changes these; others see no buttons and nothing to select. */
  change?: string;
  actions?: ReactNode;
  empty: { title: string; text: string; action?: ReactNode };
  selected?: readonly T[];
  onSelect?: (items: T[]) => void;
  /** Whether only one is selected at a time. */
  single?: boolean;
  /** By which id the history knows an item; each row then leads to what was done to it. */
  historyOf?: (item: T) => string;
  variant?: 'full-page' | 'container';
  defaultSort?: { column: string; descending?: boolean };
}

export function ResourceTable<T>(props: ResourceTableProps<T>) {
  const { t } = useTranslation();
  const { columns, variant = 'full-page' } = props;
  const may = useMay();
  const changes = props.change === undefined || may(props.change);
  const [kept, keep] = useKept(`table.${props.id}`, {
    pageSize: 20,
    contentDensity: 'comfortable' as 'comfortable' | 'compact',
    columns: columns.filter((column) => !column.hidden).map((column) => column.id),
  });
  const rows = useMemo(() => (props.items ?? []).map((item) => toRow(item, columns)), [props.items, columns]);
  const definitions = columns.map((column) => ({
    id: column.id,
    header: column.header,
    cell: (row: Row<T>) => column.cell(row.item),
    ...(column.width === undefined ? {} : { width: column.width }),
    ...(column.value ? { sortingField: column.id, sortingComparator: comparator<T>(column.id) } : {}),
    isRowHeader: column.id === columns[0]?.id,
  }));
  const { historyOf } = props;
  const told = historyOf !== undefined && may('history:event:list');
  const shown = told
    ? [
        ...definitions,
        {
          id: 'history',
          header: t('nav.history'),
          cell: (row: Row<T>) => <RouteLink to={`/history?target=${encodeURIComponent(historyOf(row.item))}`}>{t('history.show')}</RouteLink>,
          isRowHeader: false,
        },
      ]
    : definitions;
  const sorted = definitions.find((definition) => definition.id === (props.defaultSort?.column ?? columns[0]?.id));
  const { items, collectionProps, propertyFilterProps, paginationProps, actions, filteredItemsCount } = useCollection(rows, {
    propertyFiltering: {
      filteringProperties: columns
        .filter((column) => column.value)
        .map((column) => ({
          key: column.id,
          propertyLabel: column.header,
          groupValuesLabel: t('table.values', { column: column.header }),
          operators: [':', '!:', '=', '!='],
        })),
      noMatch: (
        <Empty title={t('table.noMatch')} text={t('table.noMatchHint')}>
          <Button onClick={() => actions.setPropertyFiltering({ tokens: [], operation: 'and' })}>{t('table.clear')}</Button>
        </Empty>
      ),
      empty: (
        <Empty title={props.empty.title} text={props.empty.text}>
          {changes && props.empty.action}
        </Empty>
      ),
    },
    pagination: { pageSize: kept.pageSize },
    sorting: sorted?.sortingField
      ? { defaultState: { sortingColumn: sorted, isDescending: props.defaultSort?.descending ?? false } }
      : {},
    selection: { trackBy: (row) => props.trackBy(row.item) },
  });
  const chosen = new Set(props.selected?.map(props.trackBy));
  const searched = propertyFilterProps.query.tokens.length > 0;
  return (
    <SpaceBetween size="s">
      <Failure error={props.error} header={props.items ? t('table.stale') : t('table.failed')} onRetry={props.onRefresh} />
      <Table<Row<T>>
        {...collectionProps}
        variant={variant}
        {...(variant === 'full-page' ? { stickyHeader: true } : {})}
        items={items}
        loading={props.items === undefined && !props.error}
        loadingText={t('common.loading')}
        columnDefinitions={shown}
        columnDisplay={[...columns.map((column) => ({ id: column.id, visible: kept.columns.includes(column.id) })), ...(told ? [{ id: 'history', visible: true }] : [])]}
        contentDensity={kept.contentDensity}
        trackBy={(row) => props.trackBy(row.item)}
        wrapLines={false}
        resizableColumns={false}
        {...(props.onSelect && changes
          ? {
              selectionType: props.single ? ('single' as const) : ('multi' as const),
              selectedItems: rows.filter((row) => chosen.has(props.trackBy(row.item))),
              onSelectionChange: ({ detail }) => props.onSelect?.(detail.selectedItems.map((row) => row.item)),
            }
          : {})}
        ariaLabels={{
          tableLabel: props.title,
          selectionGroupLabel: t('table.selection'),
          allItemsSelectionLabel: () => t('table.selectAll'),
          itemSelectionLabel: (_, row) => t('table.select', { name: props.label(row.item) }),
        }}
        header={
          <Header
            variant={variant === 'full-page' ? 'awsui-h1-sticky' : 'h2'}
            counter={props.items ? counter(chosen.size, props.items.length) : ''}
            description={props.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={t('common.refresh')} loading={props.refreshing} onClick={props.onRefresh} />
                {changes && props.actions}
              </SpaceBetween>
            }
          >
            {props.title}
          </Header>
        }
        filter={
          <PropertyFilter
            {...propertyFilterProps}
            filteringPlaceholder={t('table.search')}
            filteringAriaLabel={t('table.search')}
            countText={searched ? t('table.matches', { matches: filteredItemsCount ?? 0 }) : ''}
            expandToViewport
          />
        }
        pagination={<Pagination {...paginationProps} />}
        preferences={
          <CollectionPreferences
            preferences={{
              pageSize: kept.pageSize,
              contentDensity: kept.contentDensity,
              contentDisplay: columns.map((column) => ({ id: column.id, visible: kept.columns.includes(column.id) })),
            }}
            onConfirm={({ detail }) =>
              keep({
                pageSize: detail.pageSize ?? kept.pageSize,
                contentDensity: detail.contentDensity ?? kept.contentDensity,
                columns: detail.contentDisplay?.filter((each) => each.visible).map((each) => each.id) ?? kept.columns,
              })
            }
            pageSizePreference={{ options: [20, 50, 100].map((value) => ({ value, label: t('table.rows', { rows: value }) })) }}
            contentDensityPreference={{}}
            contentDisplayPreference={{
              options: columns.map((column, index) => ({ id: column.id, label: column.header, alwaysVisible: index === 0 })),
            }}
          />
        }
      />
    </SpaceBetween>
  );
}

/** A row as the collection hooks want it: one searchable field per column, beside the item itself. */
type Row<T> = { item: T; fields: Record<string, string | number> } & Record<string, unknown>;

function toRow<T>(item: T, columns: readonly Column<T>[]): Row<T> {
  const fields: Record<string, string | number> = {};
  for (const column of columns) if (column.value) fields[column.id] = column.value(item);
  return { ...fields, item, fields } as Row<T>;
}

function comparator<T>(column: string) {
  return (left: Row<T>, right: Row<T>) => {
    const a = left.fields[column] ?? '';
    const b = right.fields[column] ?? '';
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  };
}

function counter(selected: number, all: number): string {
  return selected > 0 ? `(${selected}/${all})` : `(${all})`;
}

function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit" margin={{ vertical: 'l' }}>
      <SpaceBetween size="xs">
        <Box variant="strong" color="inherit">
          {title}
        </Box>
        <Box color="text-body-secondary">{text}</Box>
        {children}
      </SpaceBetween>
    </Box>
  );
}
