import { parseAddress, type Version } from './address.ts';
import { type Element, element, xmlDocument } from './csdl.ts';
import type { EntitySet, Operation } from './declaration.ts';
import {
  betaTypes,
  type KnownOperation,
  type KnownType,
  type KnownTypes,
  knownPlaces,
  stableTypes,
} from './known-types.ts';
import { resolvePath } from './path.ts';
import type { Mount, Registry } from './registry.ts';

/** What is served of an entity type: names of what it declares itself; what it inherits is told with its base. */
interface Served {
  readonly properties: Set<string>;
  readonly navigation: Set<string>;
}

/** A way from a place between the root and the collections (`identityGovernance`) to the next. */
interface Way {
  readonly type: string;
  readonly isCollection: boolean;
}

interface Gathered {
  readonly known: KnownTypes;
  readonly entities: Map<string, Served>;
  /** Complex types and enums. */
  readonly values: Set<string>;
  readonly places: Map<string, Map<string, Way>>;
  readonly operations: readonly KnownOperation[];
}

/**
 * Graph's `$metadata`: the CSDL of what a version serves, and of nothing else, under Microsoft's names. Sets,
 * properties, ways and operations come from the declarations; the names of their types from Microsoft's contract.
 */
export function describeMetadata(registry: Registry, version: Version): string {
  const beta = version === 'beta';
  const known = beta ? betaTypes : stableTypes;
  const mounts = registry.mounts.filter((mount) => beta || !mount.isBeta);
  const operations = servedOperations(registry, known, beta);
  const found: Gathered = { known, entities: new Map(), values: new Set(), places: new Map(), operations };
  for (const set of registry.sets) gatherSet(found, set);
  for (const mount of mounts) gatherPlaces(found, mount);
  for (const { parameters, returns } of found.operations) {
    for (const { type } of parameters) need(found, type);
    if (returns !== undefined) need(found, returns);
  }
  return xmlDocument(
    element('edmx:Edmx', { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' }, [
      element('edmx:DataServices', {}, [
        element(
          'Schema',
          { Namespace: 'microsoft.graph', Alias: 'graph', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' },
          [...valuesOf(found), ...entitiesOf(found), ...placesOf(found), ...callsOf(found), container(mounts)],
        ),
      ]),
    ]),
  );
}

function shortName(type: string): string {
  return type.replace('microsoft.graph.', '');
}

/** The type inside `Collection(…)`, without the marks of `known-types.json`. */
function bare(type: string): string {
  return type.replace(/[!@]$/, '').replace(/^Collection\((.*)\)$/, '$1');
}

/** A type and those it derives from, the nearest first. */
function lineage(known: KnownTypes, name: string): readonly (readonly [string, KnownType])[] {
  const type = known.types.get(name);
  if (type === undefined) return [];
  return [[name, type], ...(type.base === undefined ? [] : lineage(known, type.base))];
}

function gatherSet(found: Gathered, set: EntitySet): void {
  const line = lineage(found.known, shortName(set.type));
  for (const [name] of line) entity(found, name);
  for (const property of Object.keys(set.properties)) {
    const owner = line.find(([, type]) => type.properties?.[property] !== undefined);
    if (owner === undefined) continue;
    entity(found, owner[0]).properties.add(property);
    need(found, owner[1].properties?.[property] ?? '');
  }
  for (const way of Object.keys(set.navigation ?? {})) {
    const owner = line.find(([, type]) => type.navigation?.[way] !== undefined);
    if (owner === undefined) continue;
    entity(found, owner[0]).navigation.add(way);
    need(found, owner[1].navigation?.[way] ?? '');
  }
}

function entity(found: Gathered, name: string): Served {
  const served = found.entities.get(name) ?? { properties: new Set(), navigation: new Set() };
  found.entities.set(name, served);
  return served;
}

/** Sees to it that a type that is named is declared, with all that it names in turn. */
function need(found: Gathered, given: string): void {
  const name = bare(given);
  const type = found.known.types.get(name);
  if (type === undefined || found.values.has(name)) return;
  if (type.kind === 'entity') {
    for (const [each] of lineage(found.known, name)) entity(found, each);
    return;
  }
  found.values.add(name);
  if (type.base !== undefined) need(found, type.base);
  for (const property of Object.values(type.properties ?? {})) need(found, property);
  for (const way of Object.values(type.navigation ?? {})) need(found, way);
  for (const [other, { base }] of found.known.types) if (base === name) need(found, other);
}

function gatherPlaces(found: Gathered, { path, set, single }: Mount): void {
  const parts = path.split('/').slice(1);
  for (const [index, part] of parts.entries()) {
    if (index === 0) continue;
    const parent = placeType(parts.slice(0, index));
    const ways = found.places.get(parent) ?? new Map<string, Way>();
    const isLast = index === parts.length - 1;
    const type = isLast ? shortName(set.type) : placeType(parts.slice(0, index + 1));
    ways.set(part, { type, isCollection: isLast && single === null });
    found.places.set(parent, ways);
  }
}

function placeType(parts: readonly string[]): string {
  return knownPlaces[`/${parts.join('/')}`] ?? parts.at(-1) ?? '';
}

/** The bound actions and functions of Microsoft's contract that the registry has operations for. */
function servedOperations(registry: Registry, known: KnownTypes, beta: boolean): readonly KnownOperation[] {
  const served = new Set<KnownOperation>();
  for (const operation of registry.operations.all) {
    if (operation.beta === 'only' && !beta) continue;
    const bound = bindingOf(registry, operation, beta);
    if (bound === null) continue;
    const types = lineage(known, bound.type).map(([name]) => (bound.isCollection ? `Collection(${name})` : name));
    const match = known.operations.filter(({ name, boundTo }) => name === bound.name && types.includes(boundTo));
    for (const one of match) served.add(one);
  }
  return [...served].sort((a, b) => `${a.name} ${a.boundTo}`.localeCompare(`${b.name} ${b.boundTo}`, 'en'));
}

const sampleKey = '00000000-0000-4000-8000-000000000001';

/** What an action or function is bound to: the entity or collection whose path its own continues. */
function bindingOf(registry: Registry, { path }: Operation, beta: boolean) {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (name.startsWith('{') || name.startsWith('$')) return null;
  const address = parseAddress(
    parts
      .slice(0, -1)
      .join('/')
      .replace(/\{[^}]*\}/g, sampleKey),
  );
  try {
    const { set, wanted } = resolvePath(registry, address.segments, beta);
    return { name, type: shortName(set.type), isCollection: wanted.is === 'collection' };
  } catch {
    return null; // A creation at a collection that hangs at no other.
  }
}

/** A type as attributes name it, by the alias of the namespace. */
function typeName(given: string): string {
  const name = bare(given);
  const full = name.startsWith('Edm.') ? name : `graph.${name}`;
  return given.startsWith('Collection(') ? `Collection(${full})` : full;
}

function valuesOf({ known, values }: Gathered): Element[] {
  return [...values].sort().map((name) => {
    const type = known.types.get(name);
    if (type?.kind === 'enum') return enumType(name, type);
    const own = type?.properties ?? {};
    const properties = Object.entries(own).map(([each, given]) => property(each, given));
    const ways = Object.entries(type?.navigation ?? {}).map(([each, given]) => navigation(each, given));
    return element('ComplexType', named(name, type), [...properties, ...ways]);
  });
}

function enumType(name: string, { members = {}, isFlags }: KnownType): Element {
  const values = Object.entries(members).map(([member, value]) =>
    element('Member', { Name: member, Value: String(value) }),
  );
  return element('EnumType', { Name: name, IsFlags: isFlags ? 'true' : undefined }, values);
}

function named(name: string, type: KnownType | undefined): Element['attributes'] {
  return {
    Name: name,
    BaseType: type?.base === undefined ? undefined : typeName(type.base),
    Abstract: type?.isAbstract ? 'true' : undefined,
    OpenType: type?.isOpen ? 'true' : undefined,
  };
}

function property(name: string, given: string): Element {
  return element('Property', {
    Name: name,
    Type: typeName(given),
    Nullable: given.endsWith('!') ? 'false' : undefined,
  });
}

function navigation(name: string, given: string): Element {
  return element('NavigationProperty', {
    Name: name,
    Type: typeName(given),
    ContainsTarget: given.endsWith('@') ? 'true' : undefined,
  });
}

function entitiesOf({ known, entities, places }: Gathered): Element[] {
  return [...entities.keys()].sort().flatMap((name) => {
    const type = known.types.get(name);
    if (type === undefined || places.has(name)) return [];
    const served = entities.get(name);
    const keys = (type.key ?? []).map((key) => element('PropertyRef', { Name: key }));
    return element('EntityType', named(name, type), [
      ...(keys.length === 0 ? [] : [element('Key', {}, keys)]),
      ...Object.entries(type.properties ?? {}).flatMap(([each, given]) =>
        served?.properties.has(each) ? [property(each, given)] : [],
      ),
      ...Object.entries(type.navigation ?? {}).flatMap(([each, given]) =>
        served?.navigation.has(each) ? [navigation(each, given)] : [],
      ),
    ]);
  });
}

function placesOf({ places }: Gathered): Element[] {
  return [...places]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, ways]) =>
      element(
        'EntityType',
        { Name: name, BaseType: typeName('entity') },
        [...ways].map(([way, { type, isCollection }]) =>
          navigation(way, `${isCollection ? `Collection(${type})` : type}@`),
        ),
      ),
    );
}

function callsOf({ operations }: Gathered): Element[] {
  return operations.map(({ kind, name, boundTo, parameters, returns }) =>
    element(kind === 'action' ? 'Action' : 'Function', { Name: name, IsBound: 'true' }, [
      element('Parameter', { Name: 'bindingParameter', Type: typeName(boundTo) }),
      ...parameters.map((each) => element('Parameter', { Name: each.name, Type: typeName(each.type) })),
      ...(returns === undefined ? [] : [element('ReturnType', { Type: typeName(returns) })]),
    ]),
  );
}

function container(mounts: readonly Mount[]): Element {
  const sets = mounts.filter(({ segments, single }) => segments.length === 1 && single === null);
  const roots = new Set(
    mounts.filter(({ segments }) => segments.length > 1).map(({ path }) => path.split('/')[1] ?? ''),
  );
  const singletons = [...roots].map((name): readonly [string, string] => [name, placeType([name])]);
  const me: readonly (readonly [string, string])[] = sets.some(({ path }) => path === '/users') ? [['me', 'user']] : [];
  const byName = (a: readonly [string, string], b: readonly [string, string]) => a[0].localeCompare(b[0], 'en');
  return element('EntityContainer', { Name: 'GraphService' }, [
    ...sets
      .map(({ path, set }): readonly [string, string] => [path.slice(1), shortName(set.type)])
      .sort(byName)
      .map(([name, type]) => element('EntitySet', { Name: name, EntityType: typeName(type) })),
    ...[...singletons, ...me]
      .sort(byName)
      .map(([name, type]) => element('Singleton', { Name: name, Type: typeName(type) })),
  ]);
}
