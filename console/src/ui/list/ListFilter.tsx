// The search field of a list: texts anywhere, or conditions on columns with the values proposed that occur.
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ResourceTable';
import type { LongList } from './long';
import { proposals } from './sift';
import type { Filter, Operator } from './view';

interface ListFilterProps<T> {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  columns: readonly Column<T>[];
  items: readonly T[];
  long: LongList<T> | undefined;
  /** How many match; undefined: not known, or nothing is searched for. */
  matches: number | undefined;
}

const TEXT: readonly Operator[] = [':', '!:', '=', '!='];
const WORD: readonly Operator[] = ['=', '!='];

export function ListFilter<T>({ filter, onFilter, columns, items, long, matches }: ListFilterProps<T>) {
  const { t } = useTranslation();
  const properties = useMemo<PropertyFilterProps.FilteringProperty[]>(
    () =>
      columns.flatMap((column) => {
        const operators = long ? (long.filters[column.id] ?? []) : column.value ? (column.words ? WORD : TEXT) : [];
        if (operators.length === 0) return [];
        const { words } = column;
        return {
          key: column.id,
          propertyLabel: column.header,
          groupValuesLabel: t('table.values', { column: column.header }),
          operators: operators.map((operator) => (words ? { operator, format: (value: string) => words[value] ?? value } : operator)),
          defaultOperator: operators[0]!,
        };
      }),
    [columns, long, t],
  );
  const options = useMemo(
    () =>
      columns
        .filter((column) => (long ? (long.filters[column.id] && column.words) : column.value))
        .flatMap((column) => proposals(column, items).map((each) => ({ propertyKey: column.id, ...each }))),
    [columns, items, long],
  );
  const searched = columns.find((column) => column.id === long?.searched)?.header;
  const label = searched ? t('table.searchBy', { column: searched }) : t('table.search');
  return (
    <PropertyFilter
      query={{ tokens: [...filter.tokens], operation: filter.operation }}
      onChange={({ detail }) =>
        onFilter({
          tokens: detail.tokens.map(({ propertyKey, operator, value }) => ({
            ...(propertyKey === undefined ? {} : { propertyKey }),
            operator: operator as Operator,
            value: String(value),
          })),
          operation: detail.operation,
        })
      }
      filteringProperties={properties}
      filteringOptions={options}
      freeTextFiltering={{ operators: long ? (long.filters[long.searched] ?? []).filter((operator) => operator.endsWith(':')) : [':', '!:'] }}
      hideOperations={long !== undefined}
      filteringPlaceholder={label}
      filteringAriaLabel={label}
      countText={matches === undefined ? '' : t('table.matches', { matches })}
      expandToViewport
    />
  );
}
