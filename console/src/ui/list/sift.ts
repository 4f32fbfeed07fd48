// Filters and sorts what the browser holds: a list of thousands in milliseconds.
import type { Column } from '../ResourceTable';
import type { Filter, Sort, Token } from './view';

/** What a column shows, as text. */
export function textOf<T>(column: Column<T>, item: T): string {
  const value = String(column.value?.(item) ?? '');
  return column.words?.[value] ?? value;
}

export function sift<T>(items: readonly T[], filter: Filter, columns: readonly Column<T>[]): readonly T[] {
  if (filter.tokens.length === 0) return items;
  const searched = columns.filter((column) => column.value);
  const tests = filter.tokens.map((token) => testOf(token, searched));
  return items.filter((item) => (filter.operation === 'and' ? tests.every((test) => test(item)) : tests.some((test) => test(item))));
}

type Test<T> = (item: T) => boolean;

function testOf<T>(token: Token, columns: readonly Column<T>[]): Test<T> {
  const asked = columns.filter((column) => token.propertyKey === undefined || column.id === token.propertyKey);
  const wanted = token.value.toLowerCase();
  const some = (test: (text: string, column: Column<T>, item: T) => boolean) => (item: T) => asked.some((column) => test(textOf(column, item).toLowerCase(), column, item));
  const has = some((text) => text.includes(wanted));
  // Of a column with words, the address has the key and not the word of one language.
  const is = some((text, column, item) => text === wanted || (column.words !== undefined && String(column.value?.(item)).toLowerCase() === wanted));
  switch (token.operator) {
    case ':':
      return has;
    case '!:':
      return (item) => !has(item);
    case '=':
      return is;
    case '!=':
      return (item) => !is(item);
  }
}

export function sorted<T>(items: readonly T[], sort: Sort | null, columns: readonly Column<T>[], language: string): readonly T[] {
  const column = columns.find((each) => each.id === sort?.column);
  if (!sort || !column?.value) return items;
  const { value, words } = column;
  const collator = new Intl.Collator(language, { numeric: true });
  const keyed = items.map((item) => ({ item, key: words ? textOf(column, item) : value(item) }));
  const direction = sort.descending ? -1 : 1;
  keyed.sort(
    ({ key: left }, { key: right }) =>
      direction * (typeof left === 'number' && typeof right === 'number' ? left - right : collator.compare(String(left), String(right))),
  );
  return keyed.map(({ item }) => item);
}

const MOST_OPTIONS = 200;

/** The values of a column that a filter proposes: its words, or those that occur. */
export function proposals<T>(column: Column<T>, items: readonly T[]): { value: string; label: string }[] {
  if (column.words) return Object.entries(column.words).map(([value, label]) => ({ value, label }));
  const found = new Set<string>();
  for (const item of items) {
    const text = textOf(column, item);
    if (text !== '') found.add(text);
    if (found.size === MOST_OPTIONS) break;
  }
  return [...found].map((value) => ({ value, label: value }));
}
