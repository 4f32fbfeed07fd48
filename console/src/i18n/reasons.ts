// Why a server could not be made, moved or run. The service tells it in an English sentence (`fault.message`, an event's reason), for its APIs; those that
// are known have words in the reader's language here, whatever else it says is shown as it is. Parts of a sentence may be sentences themselves.
import type { Language } from './index';

/** A sentence of the service's, with {{names}} for what differs, and the same in the language that is spoken. */
interface Known {
  says: RegExp;
  words: string;
}

let known: Known[] = [];

const NAME = /\{\{(\w+)\}\}/;

function knownOf(says: string, words: string): Known {
  const pattern = says
    .split(NAME)
    .map((part, at) => (at % 2 ? `(?<${part}>.+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return { says: new RegExp(`^${pattern}$`, 's'), words };
}

/** Called with each change of the language. */
export async function learnReasons(language: Language): Promise<void> {
  known = language === 'en' ? [] : Object.entries((await import('./reasons.ja.json')).default).map(([says, words]) => knownOf(says, words));
}

/** The sentence in the language that is spoken, or as it is. */
export function reasonWords(sentence: string): string {
  for (const { says, words } of known) {
    const parts = says.exec(sentence);
    if (parts) return words.replace(new RegExp(NAME, 'g'), (_, name: string) => reasonWords(parts.groups?.[name] ?? ''));
  }
  return sentence;
}
