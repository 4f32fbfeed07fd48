// Looks at a page as it is shown: what axe finds (WCAG 2.2 AA), what sticks out to the side, what stands there in another language.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Every text of one language, and those that are the same in both. */
function textsOf(language) {
  const flat = [];
  const go = (inner) => Object.values(inner).forEach((each) => (typeof each === 'string' ? flat.push(each) : go(each)));
  go(JSON.parse(readFileSync(new URL(`../src/i18n/${language}.json`, import.meta.url), 'utf8')));
  return flat;
}
const JAPANESE = textsOf('ja');
const ENGLISH = textsOf('en');

/** What must not be read on a page in this language: the sentences and words of the other one. */
function foreign(language) {
  const own = new Set(language === 'ja' ? JAPANESE : ENGLISH);
  const others = (language === 'ja' ? ENGLISH : JAPANESE).filter((text) => !own.has(text) && !text.includes('{{'));
  return language === 'ja' ? others.filter((text) => /^[A-Z][a-z]+ [a-z]+/.test(text)) : others;
}
const FOREIGN = { ja: foreign('ja'), en: foreign('en') };

/** Gives what is wrong with the open page, a line each; of a page that axe has seen, without what axe finds. */
export async function look(page, language, seen = false) {
  // Through the debugger: the page's own policy lets no further script in.
  if (!seen && !(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  const found = await page.evaluate(
    async ({ rules, foreign, seen }) => {
      const { violations } = seen ? { violations: [] } : await globalThis.axe.run(document, { runOnly: { type: 'tag', values: rules }, rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] });
      const wrong = violations.flatMap((each) => each.nodes.map((node) => `${each.id} (${each.impact}): ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''}`));
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth > width) {
        const wide = [...document.querySelectorAll('body *')].filter((each) => each.getBoundingClientRect().right > width + 1 && getComputedStyle(each).position !== 'fixed');
        wrong.push(`wider than the window (${document.documentElement.scrollWidth} > ${width}): ${wide.at(-1)?.outerHTML.slice(0, 160)}`);
      }
      const clipped = [...document.querySelectorAll('button, h1, h2, th, label')].filter(
        (each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'hidden' && getComputedStyle(each).textOverflow !== 'ellipsis' && each.innerText.trim() && each.clientWidth > 1,
      );
      wrong.push(...clipped.map((each) => `cut off: ${each.innerText.trim().slice(0, 80)}`));
      const lines = new Set(document.body.innerText.split('\n').map((line) => line.trim()));
      wrong.push(...foreign.filter((text) => lines.has(text)).map((text) => `in the other language: ${text}`));
      for (const line of lines) if (/\{\{\w+\}\}|\b(undefined|NaN|\[object Object\]|Invalid Date)\b|^[a-z]+(\.[a-zA-Z]+){2,}$/.test(line)) wrong.push(`not a text: ${line.slice(0, 120)}`);
      return wrong;
    },
    { rules: RULES, foreign: FOREIGN[language], seen },
  );
  return found;
}
