import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { declaredRegistry } from '../../docs/generator/declared.ts';
import type { EntitySet } from '../../src/graph/declaration.ts';
import { describeMetadata } from '../../src/graph/metadata.ts';
import { openPlay, type Play } from '../scenarios/play.ts';
import { betaAlone, stableName } from './beyond.ts';
import { type Shape, typeReference } from './shapes.ts';

/** An element of the document: attributes begin with `@`, every kind of child is a list. */
interface Node {
  readonly [name: string]: string | readonly Node[] | undefined;
}

const registry = declaredRegistry();
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

function children(node: Node | undefined, name: string): readonly Node[] {
  const found = node?.[name];
  return Array.isArray(found) ? found : [];
}

function read(text: string): Node {
  const [edmx] = children(parser.parse(text) as Node, 'edmx:Edmx');
  const [schema] = children(children(edmx, 'edmx:DataServices')[0], 'Schema');
  if (schema === undefined) throw new Error('The document has no schema');
  return schema;
}

const names = (nodes: readonly Node[]) => nodes.map((node) => String(node['@Name']));
const short = (type: string) => type.replace(/^Collection\((.*)\)$/, '$1').replace(/^(?:microsoft\.)?graph\./, '');

/** What the document says of a type, with what it inherits. */
function members(schema: Node, type: string, kind: 'Property' | 'NavigationProperty'): ReadonlySet<string> {
  const node = [...children(schema, 'EntityType'), ...children(schema, 'ComplexType')].find(
    (one) => one['@Name'] === type,
  );
  if (node === undefined) return new Set();
  const base = node['@BaseType'] === undefined ? [] : members(schema, short(String(node['@BaseType'])), kind);
  return new Set([...names(children(node, kind)), ...base]);
}

describe.each(['v1.0', 'beta'] as const)('$metadata of %s', (version) => {
  const text = describeMetadata(registry, version);
  const schema = read(text);

  test('is well-formed, and names no type that it does not declare', () => {
    expect(XMLValidator.validate(text)).toBe(true);
    const declared = new Set(
      ['EntityType', 'ComplexType', 'EnumType'].flatMap((kind) => names(children(schema, kind))),
    );
    const named = [...text.matchAll(/(?:Type|BaseType|EntityType)="((?:Collection\()?graph\.\w+\)?)"/g)];
    expect(named.length).toBeGreaterThan(300);
    expect(named.map(([, type = '']) => short(type)).filter((type) => !declared.has(type))).toEqual([]);
    for (const kind of ['EntityType', 'ComplexType', 'EnumType']) {
      const all = names(children(schema, kind));
      expect(all, kind).toEqual([...new Set(all)]);
    }
  });

  test('has only what Microsoft has in the types of its SDK', () => {
    const unknown = [...children(schema, 'EntityType'), ...children(schema, 'ComplexType')].flatMap((node) => {
      const name = String(node['@Name']);
      const shape = shapeOf(name);
      if (shape === null) return betaAlone.has(name) ? [] : [name];
      const own = [...names(children(node, 'Property')), ...names(children(node, 'NavigationProperty'))];
      return own.filter((one) => !shape.properties.has(one)).map((one) => `${name}.${one}`);
    });
    expect(unknown).toEqual(
      version === 'beta'
        ? ['approval.steps', 'unifiedRoleDefinition.isPrivileged', 'rbacApplication.roleAssignmentApprovals']
        : [],
    );
  });

  test('has every collection that hangs in the path', () => {
    const [container] = children(schema, 'EntityContainer');
    const roots = new Map(
      [...children(container, 'EntitySet'), ...children(container, 'Singleton')].map((node) => [
        String(node['@Name']),
        short(String(node['@EntityType'] ?? node['@Type'])),
      ]),
    );
    for (const mount of registry.mounts) {
      const [first = '', ...rest] = mount.path.split('/').slice(1);
      const end = rest.reduce((type, way) => target(schema, type, way), roots.get(first) ?? '');
      expect(end, mount.path).toBe(mount.isBeta && version === 'v1.0' ? '' : short(mount.set.type));
    }
    expect(roots.get('me')).toBe('user');
  });
});

function target(schema: Node, type: string, way: string): string {
  const node = children(schema, 'EntityType').find((one) => one['@Name'] === type);
  const found = children(node, 'NavigationProperty').find((one) => one['@Name'] === way);
  return short(String(found?.['@Type'] ?? ''));
}

function shapeOf(type: string): Shape | null {
  return typeReference(stableName(type))?.declared ?? null;
}

describe('$metadata of beta', () => {
  const schema = read(describeMetadata(registry, 'beta'));

  test.each(registry.sets.map((set): [string, EntitySet] => [set.name, set]))('has all of %s', (_name, set) => {
    const type = short(set.type);
    const properties = members(schema, type, 'Property');
    const ways = members(schema, type, 'NavigationProperty');
    // A directory object is an open type: a name is asked for of those that have one.
    const undeclared = set.name === 'directoryObjects' ? ['displayName'] : [];
    expect(Object.keys(set.properties).filter((name) => !properties.has(name))).toEqual(undeclared);
    expect(Object.keys(set.navigation ?? {}).filter((name) => !ways.has(name))).toEqual([]);
  });

  test('has every enum of a property with the members that it can have', () => {
    const enums = new Map(children(schema, 'EnumType').map((node) => [node['@Name'], names(children(node, 'Member'))]));
    const faults = registry.sets.flatMap((set) =>
      Object.entries(set.properties).flatMap(([name, { members: own = [], collection }]) => {
        const node = children(schema, 'EntityType').find((one) => one['@Name'] === short(set.type));
        const found = children(node, 'Property').find((one) => one['@Name'] === name);
        const known = found === undefined ? undefined : enums.get(short(String(found['@Type'])));
        if (own.length === 0 || collection || known === undefined) return [];
        return own.filter((member) => !known.includes(member)).map((member) => `${set.name}.${name}: ${member}`);
      }),
    );
    expect(faults).toEqual([]);
  });

  test('has every member that Graph added later marked as such where it is answered', () => {
    const later = new Map(
      children(schema, 'EnumType').map((node): [string, string[]] => {
        const members = children(node, 'Member');
        const limit = Number(members.find((one) => one['@Name'] === 'unknownFutureValue')?.['@Value'] ?? Infinity);
        return [String(node['@Name']), names(members.filter((one) => Number(one['@Value']) > limit))];
      }),
    );
    expect([...later.values()].flat()).toContain('approverRemove');
    for (const { name: set, type, properties } of registry.sets) {
      const node = children(schema, 'EntityType').find((one) => one['@Name'] === short(type));
      for (const [name, { edm, later: marked = [] }] of Object.entries(properties)) {
        const found = children(node, 'Property').find((one) => one['@Name'] === name);
        const added = edm === 'enum' ? (later.get(short(String(found?.['@Type']))) ?? []) : [];
        expect([`${set}.${name}`, marked]).toEqual([`${set}.${name}`, added]);
      }
    }
  });

  test('has every action and function, bound to what it is called on', () => {
    const calls = [...children(schema, 'Action'), ...children(schema, 'Function')];
    const bound = new Set(
      calls.map((node) => `${node['@Name']} ${children(node, 'Parameter')[0]?.['@Type']}`.replace('graph.', '')),
    );
    const asked = registry.operations.all
      .map(({ method, path }) => ({ method, path, name: path.split('/').at(-1) ?? '' }))
      .filter(({ method, name, path }) => {
        if (!['GET', 'POST'].includes(method) || /^[{$]/.test(name)) return false;
        return !registry.mounts.some((mount) => mount.path === path) && !isWay(path);
      });
    expect(asked.length).toBeGreaterThan(40);
    const spoken = new Set([...bound].map((one) => one.split(' ')[0]));
    expect(asked.filter(({ name }) => !spoken.has(name)).map(({ path }) => path)).toEqual([]);
    expect(bound).toContain('cancel accessPackageAssignmentRequest');
    expect(bound).toContain('filterByCurrentUser Collection(approval)');
    expect(bound).toContain('evaluateDynamicMembership group');
    expect(bound).toContain('evaluateDynamicMembership Collection(group)');
  });
});

/** A creation at a way from an entity (`/accessPackages/{id}/assignmentPolicies`). */
function isWay(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  return registry.sets.some((set) => Object.hasOwn(set.navigation ?? {}, name));
}

describe('GET $metadata', () => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay('embedded');
  });
  afterAll(() => play?.close());

  test.each(['/v1.0/$metadata', '/beta/$metadata', '/v1.0/%24metadata', '/v1.0/$METADATA?$format=xml'])(
    'is answered to anyone at %s',
    async (path) => {
      const response = await fetch(play.url + path);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/xml']);
      expect(response.headers.get('request-id')).not.toBeNull();
      expect(await response.text()).toBe(describeMetadata(registry, path.startsWith('/beta') ? 'beta' : 'v1.0'));
    },
  );

  test('opens nothing else without a token', async () => {
    const ask = async (method: string, path: string) => (await fetch(play.url + path, { method })).status;
    expect(await ask('POST', '/v1.0/$metadata')).toBe(401);
    expect(await ask('GET', '/v1.0/$metadata/users')).toBe(401);
    expect(await ask('GET', '/v1.0/users?x=$metadata')).toBe(401);
    expect(await ask('GET', '/sallyport/$metadata')).toBe(401);
  });

  test('takes no other method', async () => {
    const admin = await play.as('admin');
    const { status, headers, body } = await admin.post('/$metadata', {});
    expect([status, headers.get('allow'), body['error']?.['code']]).toEqual([405, 'GET', 'MethodNotAllowed']);
  });

  test('knows approvals of activations of roles in beta alone', async () => {
    const admin = await play.as('admin');
    expect((await admin.get('/roleManagement/directory/roleAssignmentApprovals')).status).toBe(400);
    expect((await admin.get('/beta/roleManagement/directory/roleAssignmentApprovals')).status).toBe(200);
  });
});
