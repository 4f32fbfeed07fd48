// What the console believes of OpenStack's answers, held against what was recorded from the reference for the service's own tests.
import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/** A schema of the reference, as far as it is looked at here. */
interface Schema {
  type?: string | string[];
  enum?: (string | number)[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
}

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const recorded = <T>(path: string): T => JSON.parse(read(`../../${path}`)) as T;

interface Node {
  type: string;
  [field: string]: unknown;
}
interface Member {
  name: string;
  optional: boolean;
  type: Node;
}

/** The members of an interface in a source of the console. */
function members(file: string, name: string): Member[] {
  const { program } = parseSync(file, read(`../src/api/${file}`));
  const all: unknown[] = program.body;
  const declared = (all as { declaration?: Node }[]).map((each) => each.declaration ?? (each as Node)).find((each) => each.type === 'TSInterfaceDeclaration' && (each['id'] as { name: string }).name === name);
  if (!declared) throw new Error(`${file} has no interface ${name}`);
  return (declared['body'] as { body: { key: { name?: string; value?: string }; optional: boolean; typeAnnotation: { typeAnnotation: Node } }[] }).body.map(
    ({ key, optional, typeAnnotation }) => ({ name: key.name ?? key.value ?? '', optional, type: typeAnnotation.typeAnnotation }),
  );
}

/** The JSON types that a type of the console takes. */
function taken(type: Node): string[] {
  switch (type.type) {
    case 'TSUnionType':
      return (type['types'] as Node[]).flatMap(taken);
    case 'TSLiteralType':
      return [typeof (type['literal'] as { value: unknown }).value];
    default:
      return [{ TSStringKeyword: 'string', TSNumberKeyword: 'number', TSBooleanKeyword: 'boolean', TSNullKeyword: 'null', TSArrayType: 'array' }[type.type] ?? 'object'];
  }
}

/** The JSON types that the reference answers. */
function answered(schema: Schema): string[] {
  if (schema.oneOf && !schema.type) return schema.oneOf.flatMap(answered);
  const types = schema.type === undefined ? (schema.enum ?? []).map((value) => typeof value) : [schema.type].flat();
  return types.map((type) => (type === 'integer' ? 'number' : type));
}

/** What the console believes and the reference does not say. */
function differences(file: string, name: string, schema: Schema): string[] {
  return members(file, name).flatMap((member) => {
    const said = schema.properties?.[member.name];
    if (!said) return [`${name}.${member.name} is not there`];
    const expected = taken(member.type);
    return answered(said)
      .filter((type) => !expected.includes(type))
      .map((type) => `${name}.${member.name} may be of type ${type}`);
  });
}

describe('Compute (2.79)', () => {
  const shapes = recorded<Record<string, Record<string, { since: string; schema: Schema }[]>>>('cloud/src/test/resources/compute/shapes.json');
  const shape = (resource: string, name: string) => shapes[resource]?.[name]?.filter(({ since }) => Number(since.slice(2)) <= 79).at(-1)?.schema ?? {};
  const inside = (schema: Schema, ...names: string[]) => names.reduce<Schema>((one, name) => (name === '[]' ? one.items : one.properties?.[name]) ?? {}, schema);

  it('has servers, flavors, key pairs and limits as the console takes them', () => {
    const server = inside(shape('servers', 'list_servers_detail'), 'servers', '[]');
    const pairs = inside(shape('keypairs', 'list_keypairs'), 'keypairs', '[]', 'keypair').properties;
    const shown = inside(shape('keypairs', 'get_keypair'), 'keypair').properties;
    const made = inside(shape('keypairs', 'create_keypair'), 'keypair').properties;
    expect([
      ...differences('compute.ts', 'Server', server),
      ...differences('compute.ts', 'Address', Object.values(server.properties?.['addresses']?.patternProperties ?? {})[0]?.items ?? {}),
      ...differences('compute.ts', 'Flavor', inside(shape('flavors', 'list_flavors_details'), 'flavors', '[]')),
      ...differences('compute.ts', 'KeyPair', { properties: { ...shown, ...made, ...pairs } }),
      ...differences('compute.ts', 'Limits', inside(shape('limits', 'get_limit'), 'limits', 'absolute')),
    ]).toEqual([]);
  });
});

describe('Network', () => {
  const attributes = recorded<Record<string, { shown: string[] }>>('cloud/src/test/resources/network/attributes.json');
  const KINDS = { Network: 'networks', Subnet: 'subnets', Port: 'ports', Router: 'routers', FloatingAddress: 'floatingips', Rule: 'security_group_rules', SecurityGroup: 'security_groups', AddressGroup: 'address_groups' };

  it('shows every attribute that the console reads', () => {
    const unknown = Object.entries(KINDS).flatMap(([name, kind]) =>
      members('network.ts', name)
        .filter((member) => !attributes[kind]?.shown.includes(member.name))
        .map((member) => `${name}.${member.name}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('Identity', () => {
  const { steps } = recorded<{ steps: { name: string; shape?: { application_credential?: Record<string, unknown> } }[] }>('identity/src/test/resources/answers.json');

  it('answers application credentials as the console takes them', () => {
    const shape = steps.find((step) => step.name === 'make appcred')?.shape?.application_credential ?? {};
    expect(members('credentials.ts', 'Credential').filter((member) => !member.optional && !(member.name in shape)).map((member) => member.name)).toEqual([]);
  });
});
