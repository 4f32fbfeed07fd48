import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the types of the service API', () => {
  const [title, of, is, ...rest] = read('../src/api/service.gen.ts').split('\n');

  it('are made from the description that the service has now', () => {
    expect(of, title).toBe(`// of ${sha256(read('../../cloud/src/main/resources/openapi.json'))}`);
  });

  it('are as they were made', () => {
    expect(is).toBe(`// is ${sha256(rest.join('\n'))}`);
  });
});

interface Syntax {
  type: string;
  [field: string]: unknown;
}

const isSyntax = (value: unknown): value is Syntax => typeof value === 'object' && value !== null && 'type' in value;

/** Where the compiler is told to look away. */
function* blind(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const each of node) yield* blind(each);
    return;
  }
  if (!isSyntax(node)) return;
  if (node.type === 'TSAnyKeyword') yield 'any';
  const inner = node['expression'];
  if (node.type === 'TSAsExpression' && isSyntax(inner) && inner.type === 'TSAsExpression') yield 'as … as';
  for (const value of Object.values(node)) yield* blind(value);
}

describe('the sources', () => {
  const files = ['../src', '../test', '../dev'].flatMap((folder) =>
    readdirSync(new URL(folder, import.meta.url), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => `${folder}/${name}`),
  );

  it('leave nothing untyped', () => {
    expect(files.length).toBeGreaterThan(200);
    const found = files.flatMap((file) => [...blind(parseSync(file, read(file)).program)].map((what) => `${file}: ${what}`));
    expect(found).toEqual([]);
  });

  it('silence no error of the compiler', () => {
    const mark = new RegExp(`@ts-${'(ignore|nocheck|expect-error)'}`);
    expect(files.filter((file) => mark.test(read(file)))).toEqual([]);
  });
});
