// Turns the manual (docs/manual, Markdown) into what the console shows and cloud prints: sections with plain blocks, no HTML. Both languages have the same
// sections in the same order; their ids are made from the English headings, so a link keeps its target when the language changes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexer } from 'marked';

export const MANUAL_LANGUAGES = ['ja', 'en'];

/** The files that it is made from. */
export const manualFiles = (docs) => MANUAL_LANGUAGES.map((language) => join(docs, 'manual', language, 'README.md'));

/** Each language's {@link parseManual}, with the ids that they share. Throws where the languages do not have the same sections. */
export function readManual(docs) {
  const [ja, en] = manualFiles(docs).map((file) => parseManual(readFileSync(file, 'utf8')));
  const shape = (manual) => manual.sections.map((section) => section.level).join();
  if (shape(ja) !== shape(en)) {
    const at = en.sections.findIndex((section, index) => section.level !== ja.sections[index]?.level);
    const where = at < 0 ? `after "${en.sections.at(-1).title}"` : `at "${en.sections[at].title}" and "${ja.sections[at]?.title ?? 'the end'}"`;
    throw new Error(`The manual does not have the same sections in both languages: they part ${where}.`);
  }
  const ids = new Map();
  const named = en.sections.map((section) => {
    const slug = section.title.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'section';
    ids.set(slug, (ids.get(slug) ?? 0) + 1);
    return ids.get(slug) > 1 ? `${slug}-${ids.get(slug)}` : slug;
  });
  const withIds = (manual) => ({ ...manual, sections: manual.sections.map((section, index) => ({ id: named[index], ...section })) });
  return { ja: withIds(ja), en: withIds(en) };
}

/** `{ title, sections: [{ level, title, digest, blocks }] }`; what stands above the first heading is not there. */
export function parseManual(markdown) {
  const manual = { title: '', sections: [] };
  let section = null;
  let raw = '';
  const close = () => {
    if (section) section.digest = createHash('sha256').update(section.title).update(raw).digest('hex').slice(0, 12);
    raw = '';
  };
  for (const token of lexer(markdown)) {
    if (token.type === 'heading' && token.depth === 1) manual.title = plain(token.tokens);
    else if (token.type === 'heading') {
      close();
      section = { level: token.depth, title: plain(token.tokens), digest: '', blocks: [] };
      manual.sections.push(section);
    } else if (section) {
      raw += token.raw;
      section.blocks.push(...blocks([token]));
    }
  }
  close();
  return manual;
}

function blocks(tokens) {
  return tokens.flatMap((token) => {
    switch (token.type) {
      case 'space':
      case 'hr':
        return [];
      case 'paragraph':
      case 'text':
        return [{ kind: 'text', spans: spans(token.tokens ?? [{ type: 'text', text: token.text }]) }];
      case 'code':
        return [{ kind: 'code', text: token.text }];
      case 'blockquote':
        return blocks(token.tokens);
      case 'list':
        return [{ kind: 'list', ordered: token.ordered, items: token.items.map((item) => blocks(item.tokens)) }];
      case 'table':
        return [{ kind: 'table', head: token.header.map((cell) => spans(cell.tokens)), rows: token.rows.map((row) => row.map((cell) => spans(cell.tokens))) }];
      default:
        throw new Error(`The manual has something that the console cannot show (${token.type}): ${token.raw.slice(0, 80)}`);
    }
  });
}

/** Text with a look; neighbours of the same look are one. */
function spans(tokens, look = 'plain', href = undefined) {
  const found = [];
  const add = (span) => {
    const last = found.at(-1);
    if (last && last.look === span.look && last.href === span.href) last.text += span.text;
    else found.push(span);
  };
  for (const token of tokens) {
    if (token.type === 'strong') spans(token.tokens, 'strong', href).forEach(add);
    else if (token.type === 'em') spans(token.tokens, look, href).forEach(add);
    else if (token.type === 'link') spans(token.tokens, look, /^https:\/\//.test(token.href) ? token.href : undefined).forEach(add);
    else if (token.type === 'codespan') add({ look: 'code', text: token.text, ...(href ? { href } : {}) });
    else if (token.type === 'br') add({ look, text: '\n' });
    else if (['text', 'escape', 'html'].includes(token.type)) {
      if (token.tokens) spans(token.tokens, look, href).forEach(add);
      else add({ look, text: joined(token.text), ...(href ? { href } : {}) });
    } else throw new Error(`The manual has something that the console cannot show (${token.type}): ${token.raw.slice(0, 80)}`);
  }
  return found;
}

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Lines of a paragraph as one; Japanese has no blank between them. */
function joined(text) {
  return text.replace(/\s*\n\s*/g, (match, at) => (WIDE.test(text[at - 1] ?? '') && WIDE.test(text[at + match.length] ?? '') ? '' : ' '));
}

function plain(tokens) {
  return spans(tokens).map((span) => span.text).join('');
}

/**
 * For Vite: `virtual:manual/ja` and `virtual:manual/en` are the manual, `virtual:manual/revision` which section has which digests; the build also leaves
 * `manual/LANGUAGE.json`, from which cloud makes the PDF.
 */
export function manualPlugin(docs) {
  const PREFIX = '\0manual/';
  return {
    name: 'manual',
    resolveId: (id) => (id.startsWith('virtual:manual/') ? PREFIX + id.slice('virtual:manual/'.length) : undefined),
    load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      for (const file of manualFiles(docs)) this.addWatchFile?.(file);
      const manual = readManual(docs);
      const wanted = id.slice(PREFIX.length);
      const value = wanted === 'revision' ? Object.fromEntries(manual.en.sections.map((section, index) => [section.id, section.digest + manual.ja.sections[index].digest])) : manual[wanted];
      return `export default ${JSON.stringify(value)};`;
    },
    generateBundle() {
      for (const [language, manual] of Object.entries(readManual(docs))) {
        this.emitFile({ type: 'asset', fileName: `manual/${language}.json`, source: JSON.stringify(manual) });
      }
    },
  };
}
