// How the Compute API is asked for one page of a long list of servers: our filters and order in its terms.
import type { Flavor, Server, ServerAsk } from '../../api/compute';
import { listServerPage } from '../../api/compute';
import type { Image } from '../../api/image';
import { pollServers } from '../../api/polling';
import { MOST_HELD } from '../../api/queries';
import type { Ask, LongList } from '../../ui/list/long';
import type { Operator, Token } from '../../ui/list/view';
import { statusesOf, type Condition } from './condition';

/** Our columns to the API's sort keys. */
const SORTS = new Map([
  ['name', 'display_name'],
  ['created', 'created_at'],
  ['key', 'key_name'],
  ['description', 'display_description'],
]);

const TEXT = [':', '!:', '=', '!='] as const;
const FILTERS = Object.fromEntries<readonly Operator[]>([
  ['name', TEXT],
  ['addresses', TEXT],
  ['status', ['=', '!=']],
  ['image', ['=']],
  ['size', ['=']],
]);

const literally = (text: string) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');

/** One regular expression for all that is said about a text: conditions looked ahead for, each from the beginning. */
export function expressionOf(tokens: readonly Token[]): string {
  const [first] = tokens;
  if (tokens.length === 1 && first?.operator === ':') return literally(first.value);
  const conditions = tokens.map(({ operator, value }) => {
    const text = operator.endsWith(':') ? `.*${literally(value)}` : `${literally(value)}$`;
    return operator.startsWith('!') ? `(?!${text})` : `(?=${text})`;
  });
  return `^${conditions.join('')}`;
}

/** The statuses that all conditions leave over; null: any. */
function statuses(tokens: readonly Token[]): readonly string[] | null {
  if (tokens.length === 0) return null;
  const all = statusesOf('any');
  return tokens.reduce<readonly string[]>((left, { operator, value }) => {
    const meant = statusesOf(value as Condition);
    return left.filter((status) => meant.includes(status) === (operator === '='));
  }, all);
}

/** What to send; null where nothing can match. */
export function serverAsk(ask: Ask, images: readonly Image[], flavors: readonly Flavor[]): ServerAsk | null {
  const about = (column: string) => ask.filter.tokens.filter((token) => (token.propertyKey ?? 'name') === column);
  const filters: [string, string][] = [];
  for (const [column, parameter] of [['name', 'name'], ['addresses', 'ip']] as const) {
    const tokens = about(column);
    if (tokens.length > 0) filters.push([parameter, expressionOf(tokens)]);
  }
  const left = statuses(about('status'));
  if (left?.length === 0) return null;
  left?.forEach((status) => filters.push(['status', status]));
  // An image is known by its id or its name, of which there may be several; the API takes one.
  for (const [column, parameter, known] of [
    ['image', 'image', images],
    ['size', 'flavor', flavors],
  ] as const) {
    const wanted = new Set(about(column).map(({ value }) => value));
    if (wanted.size > 1) return null;
    for (const value of wanted) filters.push([parameter, known.find((one) => one.id === value || one.name === value)?.id ?? value]);
  }
  return {
    limit: ask.limit,
    filters,
    ...(ask.marker === undefined ? {} : { marker: ask.marker }),
    ...(ask.sort ? { sort: { key: SORTS.get(ask.sort.column) ?? 'created_at', descending: ask.sort.descending } } : {}),
  };
}

export function longServers(images: readonly Image[], flavors: readonly Flavor[]): LongList<Server> {
  return {
    key: ['servers', 'long'],
    atLeast: MOST_HELD,
    filters: FILTERS,
    searched: 'name',
    sorts: [...SORTS.keys()],
    idOf: (server) => server.id,
    read: async (ask, signal) => {
      const asked = serverAsk(ask, images, flavors);
      return asked ? listServerPage(asked, signal) : { items: [], more: false };
    },
    poll: pollServers,
  };
}
