// Writes ../src/api/service.gen.ts from the description that the code of the service makes. The first lines name what it was made from and what it should be:
// a test compares them without this generator.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import openapi, { astToString } from 'openapi-typescript';

const source = new URL('../../cloud/src/main/resources/openapi.json', import.meta.url);
const target = new URL('../src/api/service.gen.ts', import.meta.url);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

const description = readFileSync(source, 'utf8');
const types = astToString(await openapi(JSON.parse(description), { alphabetize: true, defaultNonNullable: false }));
const head = ['// Made from openapi.json by `npm ci && npm run generate` in console/openapi. Not to be changed by hand.', `// of ${sha256(description)}`, `// is ${sha256(types)}`];
writeFileSync(target, `${head.join('\n')}\n${types}`);
