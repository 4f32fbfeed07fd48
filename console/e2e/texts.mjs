// The console's own texts, so that the test looks for what a visitor reads.
import { readFileSync } from 'node:fs';

/** Gives the function that finds a text by its key and fills its placeholders. */
export function texts(language) {
  const all = JSON.parse(readFileSync(new URL(`../src/i18n/${language}.json`, import.meta.url), 'utf8'));
  return (key, values = {}) => {
    const text = key.split('.').reduce((inner, part) => inner?.[part], all);
    if (typeof text !== 'string') throw new Error(`There is no text ${key} in ${language}.`);
    return text.replace(/{{(\w+)}}/g, (_, name) => values[name]);
  };
}
