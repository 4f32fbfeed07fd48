// Which entries of the palette somebody means by what was typed, the likeliest first.
import { soundOf } from './sound';

export type Group = 'recent' | 'resources' | 'pages' | 'actions';

export interface Entry {
  id: string;
  group: Group;
  text: string;
  /** What tells it from others of its name. */
  detail?: string;
  /** Further words by which it is found: the other language's, an id, an address, a reading. */
  words: readonly string[];
  /** The action of the service's policy without which it is not shown; null: none is needed. */
  right: string | null;
  href: string;
  ask?: string;
  of?: string;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

export const tokensOf = (typed: string): string[] => plain(typed).split(/\s+/).filter(Boolean);

/** How well a token fits: 3 the beginning of its name, 2 of a word, 1 somewhere, 0 nowhere. */
function fit(entry: Entry, token: string): number {
  const text = plain(entry.text);
  if (text.startsWith(token)) return 3;
  const all = [text, ...entry.words.map(plain)];
  if (all.some((words) => words.split(/[\s/:._-]+/).some((word) => word.startsWith(token)))) return 2;
  if (all.some((words) => words.includes(token))) return 1;
  const sound = soundOf(token);
  return sound.length > 1 && all.some((words) => soundOf(words).includes(sound)) ? 1 : 0;
}

export function find(entries: readonly Entry[], typed: string, recent: readonly string[]): Entry[] {
  const tokens = tokensOf(typed);
  return entries
    .map((entry) => {
      const fits = tokens.map((token) => fit(entry, token));
      const used = recent.indexOf(entry.id);
      return { entry, score: fits.includes(0) ? 0 : 1 + fits.reduce((sum, each) => sum + each, 0) + (used < 0 ? 0 : 2 / (1 + used)) };
    })
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
}
