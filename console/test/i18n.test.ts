import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import en from '../src/i18n/en.json';
import ja from '../src/i18n/ja.json';

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const english = flatten(en);
const japanese = flatten(ja);
const placeholders = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map((match) => match[1]).sort();

describe('the two languages', () => {
  it('have the same texts', () => {
    expect([...japanese.keys()]).toEqual([...english.keys()]);
  });

  it('leave no text empty', () => {
    expect([...english, ...japanese].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('use the same placeholders', () => {
    const different = [...english].filter(([key, text]) => placeholders(text).join() !== placeholders(japanese.get(key) ?? '').join());
    expect(different).toEqual([]);
  });

  it('are really two languages', () => {
    const letters = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    const untranslated = [...japanese].filter(([key, text]) => !letters.test(text) && text === english.get(key)).map(([, text]) => text);
    const same = ['Unkai', 'English', 'ID', 'vCPU', 'DHCP', 'SSH', 'HTTP', 'HTTPS', 'DNS', 'MTU', 'URL', '{{kind}} {{name}}: {{detail}}', '{{protocol}} {{ports}}', '{{range}} ', 'ping'];
    // What stands on the keys themselves.
    const keys = ['Ctrl+Alt+Del', 'Ctrl+Alt+F1', 'Ctrl+Alt+F2', 'Alt+Tab', 'Alt+F4', 'Ctrl+W', 'Esc', 'Print Screen', 'US'];
    expect(untranslated.filter((text) => ![...same, ...keys].includes(text))).toEqual([]);
    expect([...english].filter(([key, text]) => letters.test(text) && key !== 'language.ja')).toEqual([]);
  });
});

/** Attributes and fields whose text a visitor sees or hears. */
const SHOWN = new Set(['label', 'header', 'title', 'text', 'description', 'placeholder', 'alt', 'ariaLabel', 'aria-label', 'errorText', 'constraintText', 'warning', 'submit', 'hint']);
/** Texts that are the same in every language: examples of machine input. */
const NEUTRAL = /^(#cloud-config|ssh-ed25519 AAAA|8000-8080$|198\.51\.100\.0\/24$|QCOW2$|RAW$|[–…\d\s/·()?:%.,]*$)/;

interface Syntax {
  type: string;
  [field: string]: unknown;
}

const isSyntax = (value: unknown): value is Syntax => typeof value === 'object' && value !== null && 'type' in value;

function* hardCoded(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const each of node) yield* hardCoded(each);
    return;
  }
  if (!isSyntax(node)) return;
  if (node.type === 'JSXText' && typeof node['value'] === 'string' && /\p{L}/u.test(node['value'])) yield node['value'].trim();
  const name = (node['name'] ?? node['key']) as { name?: string; value?: string } | undefined;
  if ((node.type === 'JSXAttribute' || node.type === 'Property') && SHOWN.has(name?.name ?? name?.value ?? '')) {
    const value = node['value'];
    if (isSyntax(value) && value.type === 'Literal' && typeof value['value'] === 'string' && !NEUTRAL.test(value['value'])) yield value['value'];
  }
  if (node.type === 'Literal' && typeof node['value'] === 'string' && /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(node['value'])) yield node['value'];
  for (const child of Object.values(node)) if (typeof child === 'object') yield* hardCoded(child);
}

describe('the source', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'));

  it.each(files)('has no text of its own in %s', (name) => {
    const { program, errors } = parseSync(name, readFileSync(`src/${name}`, 'utf8'));
    expect(errors).toEqual([]);
    expect([...hardCoded(program)]).toEqual([]);
  });

  it('would be caught if it had', () => {
    const { program } = parseSync('x.tsx', '<Box><Button ariaLabel="Close it">Save</Button>{label ? t("a.b") : null}</Box>');
    expect([...hardCoded(program)]).toEqual(['Close it', 'Save']);
  });
});
