// What a list is asked for - filters, order, page - and how that stands in the address, so that it can be shared and found again.

export type Operator = ':' | '!:' | '=' | '!=';

export interface Token {
  /** the column; without it, the text is looked for in all of them */
  propertyKey?: string;
  operator: Operator;
  value: string;
}

export interface Filter {
  tokens: readonly Token[];
  operation: 'and' | 'or';
}

export interface Sort {
  column: string;
  descending: boolean;
}

export interface View {
  filter: Filter;
  /** null: the list's own order */
  sort: Sort | null;
  /** from 1 */
  page: number;
}

const MOST_TOKENS = 20;
/** characters */
const LONGEST = 200;
const TOKEN = /^([A-Za-z]*)(!:|!=|:|=)(.*)$/s;

/** "status=running" for a column that there is; all else is a text to be found anywhere. */
function readToken(text: string, columns: readonly string[]): Token {
  const [, key, operator, value] = TOKEN.exec(text) ?? [];
  if (operator === undefined || value === undefined) return { operator: ':', value: text };
  if (key) return columns.includes(key) ? { propertyKey: key, operator: operator as Operator, value } : { operator: ':', value: text };
  return { operator: operator as Operator, value };
}

function writeToken(token: Token, columns: readonly string[]): string {
  const whole = `${token.propertyKey ?? ''}${token.operator}${token.value}`;
  if (token.propertyKey !== undefined || token.operator !== ':') return whole;
  const again = readToken(token.value, columns);
  return again.propertyKey === undefined && again.value === token.value ? token.value : whole;
}

/** @param prefix tells apart the lists of one page */
export function readView(parameters: URLSearchParams, prefix: string, columns: readonly string[]): View {
  const sort = parameters.get(`${prefix}sort`) ?? '';
  const column = sort.replace(/^-/, '');
  const page = Number(parameters.get(`${prefix}page`) ?? '1');
  return {
    filter: {
      tokens: parameters
        .getAll(`${prefix}q`)
        .slice(0, MOST_TOKENS)
        .map((text) => readToken(text.slice(0, LONGEST), columns))
        .filter((token) => token.value !== ''),
      operation: parameters.get(`${prefix}any`) === '1' ? 'or' : 'and',
    },
    sort: columns.includes(column) ? { column, descending: sort.startsWith('-') } : null,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** The address's parameters with the view in them; what is as usual is left out. */
export function writeView(parameters: URLSearchParams, prefix: string, columns: readonly string[], view: View): URLSearchParams {
  const written = new URLSearchParams(parameters);
  for (const name of ['q', 'any', 'sort', 'page']) written.delete(prefix + name);
  for (const token of view.filter.tokens) written.append(`${prefix}q`, writeToken(token, columns));
  if (view.filter.operation === 'or' && view.filter.tokens.length > 1) written.set(`${prefix}any`, '1');
  if (view.sort) written.set(`${prefix}sort`, `${view.sort.descending ? '-' : ''}${view.sort.column}`);
  if (view.page > 1) written.set(`${prefix}page`, String(view.page));
  return written;
}
