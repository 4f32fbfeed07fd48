// The search over the manual. A hundred kilobytes are looked through as they are, which takes less than a millisecond: no index could be fresher or smaller.
// Japanese is written without blanks and with many spellings, so a word that is nowhere as it was typed is also found by its pairs of letters.
import { textOf, type Section } from './manual';

export interface Hit {
  section: Section;
  score: number;
  /** a part of the text around the first find; the find itself in the middle, empty where only pairs of letters agree */
  before: string;
  found: string;
  after: string;
}

const AROUND = 40;
/** Which part of a word's pairs of letters has to be in a section. */
const ENOUGH = 0.6;
const IN_TITLE = 8;

const normal = (text: string) => text.normalize('NFKC').toLowerCase();
const hasWide = (text: string) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(text);

const pairs = (word: string) => Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2));

/** How well a word fits; 0: not at all. */
function fit(word: string, title: string, text: string): number {
  const inTitle = title.includes(word) ? IN_TITLE : 0;
  if (text.includes(word)) return inTitle + 1 + Math.min(3, text.split(word).length - 2) / 2;
  if (inTitle > 0) return inTitle;
  if (!hasWide(word) || word.length < 3) return 0;
  const all = pairs(word);
  const whole = `${title} ${text}`;
  const share = all.filter((pair) => whole.includes(pair)).length / all.length;
  return share >= ENOUGH ? share / 2 : 0;
}

/** The best first; every word has to fit. */
export function searchManual(sections: readonly Section[], query: string): Hit[] {
  const words = normal(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: Hit[] = [];
  for (const section of sections) {
    const text = textOf(section);
    const fits = words.map((word) => fit(word, normal(section.title), normal(text)));
    if (fits.every((one) => one > 0)) hits.push({ section, score: fits.reduce((sum, one) => sum + one, 0), ...excerpt(text, words) });
  }
  return hits.sort((left, right) => right.score - left.score);
}

function excerpt(text: string, words: readonly string[]): Pick<Hit, 'before' | 'found' | 'after'> {
  const lower = text.toLowerCase();
  const word = words.find((one) => lower.includes(one));
  if (word === undefined) return { before: '', found: '', after: text.slice(0, 2 * AROUND) };
  const at = lower.indexOf(word);
  const from = Math.max(0, at - AROUND);
  return { before: (from > 0 ? '…' : '') + text.slice(from, at), found: text.slice(at, at + word.length), after: `${text.slice(at + word.length, at + word.length + 2 * AROUND)}…` };
}
