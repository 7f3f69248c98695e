import type { Segment } from './address.ts';
import type { BetaMount, EntitySet, GraphFace, Navigation, Operation, Property, SingleMount } from './declaration.ts';
import { createOperationTable, type OperationTable } from './operation-table.ts';
import { parseOption } from './parse.ts';

/** A place in the path where a set hangs. */
export interface Mount {
  readonly path: string;
  readonly segments: readonly string[];
  readonly set: EntitySet;
  readonly single: SingleMount | null;
  /** Whether only `/beta` has it. */
  readonly isBeta: boolean;
}

/** Everything that the capabilities declared, resolved and checked. */
export interface Registry {
  readonly set: (name: string) => EntitySet;
  readonly sets: readonly EntitySet[];
  /** Derived sets of a polymorphic set, by `@odata.type`. */
  readonly derived: (set: EntitySet) => ReadonlyMap<string, EntitySet>;
  readonly mounts: readonly Mount[];
  /** The first place where whole entities of the set hang, if any. */
  readonly mountOf: (set: EntitySet) => Mount | null;
  /**
   * The name by which Graph speaks of a set of directory objects wherever it is reached (`groups` for the deleted ones
   * too, `directoryObjects` for whoever may be of several types); null for a set of anything else.
   */
  readonly objectsOf: (set: EntitySet) => string | null;
  readonly operations: OperationTable;
  /** A path of v1.0 in the words that v1.0 has for it. */
  readonly inPresentWords: (segments: readonly Segment[]) => readonly Segment[];
}

/** Builds the registry from all faces. Throws an Error that lists all that is wrong: declarations are code. */
export function createRegistry(faces: readonly GraphFace[]): Registry {
  const faults: string[] = [];
  const sets = new Map<string, EntitySet>();
  for (const set of faces.flatMap((face) => face.sets)) {
    if (sets.has(set.name)) faults.push(`set ${set.name} is declared twice`);
    sets.set(set.name, set);
  }
  for (const set of sets.values()) faults.push(...faultsOf(set, sets));
  for (const set of sets.values()) if (inlinesItself(set, sets, [])) faults.push(`${set.name} is inlined in itself`);
  const mounts = mountAll(faces, sets, faults);
  const mounted = new Set(mounts.map(({ path }) => path));
  for (const present of faces.flatMap(({ oldPaths = {} }) => Object.values(oldPaths))) {
    if (!mounted.has(present)) faults.push(`${present} has an old path and is not mounted`);
  }
  const operations = createOperationTable(
    faces.flatMap((face): readonly Operation[] => face.operations),
    faults,
  );
  if (faults.length > 0) throw new Error(`Graph's declarations do not fit together: ${faults.join('; ')}`);
  const derived = new Map([...sets.values()].map((set) => [set, derivedOf(set, sets)]));
  const firstMounts = new Map<EntitySet, Mount>();
  for (const mount of mounts) if (!firstMounts.has(mount.set) && !mount.single) firstMounts.set(mount.set, mount);
  return {
    set: (name) => {
      const set = sets.get(name);
      if (set === undefined) throw new Error(`No entity set is called ${name}.`);
      return set;
    },
    sets: [...sets.values()],
    derived: (set) => derived.get(set) ?? new Map(),
    mounts,
    mountOf: (set) => firstMounts.get(set) ?? null,
    objectsOf: (set) => objectsOf(set, mounts),
    operations,
    inPresentWords: translatorOf(faces),
  };
}

function objectsOf(set: EntitySet, mounts: readonly Mount[]): string | null {
  if (set.advanced === undefined) return null;
  if (set.writesType === true) return 'directoryObjects';
  const mount = mounts.findLast((one) => one.set.type === set.type && one.set.advanced !== undefined && !one.single);
  return mount?.path.slice(1) ?? null;
}

function translatorOf(faces: readonly GraphFace[]): Registry['inPresentWords'] {
  const paths = faces.flatMap(({ oldPaths = {} }) =>
    Object.entries(oldPaths).map(([old, present]) => [partsOf(old.toLowerCase()), partsOf(present)] as const),
  );
  return (segments) => {
    const lower = segments.map(({ text }) => text.toLowerCase());
    const found = paths.find(([old]) => old.every((part, index) => lower[index] === part));
    if (found === undefined) return segments;
    const [old, present] = found;
    return [...present.map((text) => ({ text, named: null })), ...segments.slice(old.length)];
  };
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function derivedOf(set: EntitySet, sets: ReadonlyMap<string, EntitySet>): ReadonlyMap<string, EntitySet> {
  const entries = Object.entries(set.derived ?? {}).map(([type, name]) => [type, sets.get(name)] as const);
  return new Map(entries.flatMap(([type, target]) => (target === undefined ? [] : [[type, target]])));
}

function mountAll(faces: readonly GraphFace[], sets: ReadonlyMap<string, EntitySet>, faults: string[]): Mount[] {
  const mounts = new Map<string, Mount>();
  for (const [path, value] of faces.flatMap((face) => Object.entries(face.mounts))) {
    const set = sets.get(typeof value === 'string' ? value : value.set);
    const isBeta = isBetaMount(value);
    const single = typeof value === 'string' || isBetaMount(value) ? null : value;
    const normal = path.toLowerCase();
    if (set === undefined) faults.push(`${path} mounts an unknown set`);
    else if (mounts.has(normal)) faults.push(`${path} is mounted twice`);
    else mounts.set(normal, { path, segments: partsOf(normal), set, single, isBeta });
  }
  return [...mounts.values()].sort((a, b) => b.segments.length - a.segments.length);
}

function isBetaMount(value: GraphFace['mounts'][string]): value is BetaMount {
  return typeof value !== 'string' && 'beta' in value;
}

type Say = (what: string) => void;

function faultsOf(set: EntitySet, sets: ReadonlyMap<string, EntitySet>): string[] {
  const faults: string[] = [];
  const say: Say = (what) => faults.push(`${set.name} ${what}`);
  const named = [keyName(set), ...(set.alternateKeys ?? []), ...(set.searchable ?? [])];
  for (const name of named) if (!Object.hasOwn(set.properties, name)) say(`has no property ${name}`);
  for (const [name, property] of Object.entries(set.properties)) checkProperty(name, property, say);
  checkNavigation(set, sets, say);
  checkDerived(set, sets, say);
  if (set.order !== undefined) checkOrder(set, say);
  return faults;
}

function checkProperty(name: string, property: Property, say: Say): void {
  if (property.edm === 'enum' && (property.members ?? []).length === 0) say(`has an enum ${name} without members`);
  if (property.later?.some((member) => !property.members?.includes(member)))
    say(`has no such later members in ${name}`);
  // PostgreSQL cuts longer names silently.
  if (new TextEncoder().encode(name).length > 50) say(`has a property ${name} that is too long a name for SQL`);
}

function checkNavigation(set: EntitySet, sets: ReadonlyMap<string, EntitySet>, say: Say): void {
  for (const [name, { target }] of Object.entries(set.navigation ?? {})) {
    if (!sets.has(target)) say(`navigates by ${name} to the unknown set ${target}`);
    if (Object.hasOwn(set.properties, name)) say(`has both a property and a navigation ${name}`);
  }
  for (const name of Object.values(set.oldNames ?? {})) {
    if (!Object.hasOwn(set.navigation ?? {}, name)) say(`has an old name for ${name}, which is no navigation`);
  }
}

function checkDerived(set: EntitySet, sets: ReadonlyMap<string, EntitySet>, say: Say): void {
  for (const [type, name] of Object.entries(set.derived ?? {})) {
    if (!sets.has(name)) say(`derives ${type} from the unknown set ${name}`);
    if (!type.startsWith('#')) say(`names the derived type ${type} without #`);
  }
  if (set.derived !== undefined && set.typeOf === undefined) say('has derived types but no typeOf');
}

/** Whether following inline navigations from a set comes back to it: its JSON would have no end. */
function inlinesItself(set: EntitySet, sets: ReadonlyMap<string, EntitySet>, above: readonly EntitySet[]): boolean {
  if (above.includes(set)) return true;
  return Object.values(set.navigation ?? {}).some((navigation) => {
    const target = sets.get(navigation.target);
    return navigation.inline === true && target !== undefined && inlinesItself(target, sets, [...above, set]);
  });
}

function checkOrder(set: EntitySet, say: Say): void {
  try {
    parseOption('OrderBy', set.order ?? '', 'order');
  } catch {
    say('has an order that is not an $orderby');
  }
}

/** Name of the key property. */
export function keyName(set: EntitySet): string {
  return set.key ?? 'id';
}

/**
 * The name under which a record has something, given in any letter case, as Graph takes names of properties
 * (`target/objectid`); null if it has nothing of the name.
 */
export function nameIn(record: Readonly<Record<string, unknown>>, given: string): string | null {
  if (Object.hasOwn(record, given)) return given;
  let names = spellings.get(record);
  if (names === undefined) {
    names = new Map(Object.keys(record).map((name) => [name.toLowerCase(), name]));
    spellings.set(record, names);
  }
  return names.get(given.toLowerCase()) ?? null;
}

const spellings = new WeakMap<object, ReadonlyMap<string, string>>();

/** A property by its name in any letter case; null if the set has none. */
export function propertyOf(set: EntitySet, name: string): Property | null {
  return memberOf(set.properties, name);
}

/** A navigation by its name in any letter case; null if the set has none. */
export function navigationOf(set: EntitySet, given: string): Navigation | null {
  const name = navigationNameOf(set, given);
  return name === null ? null : (set.navigation?.[name] ?? null);
}

/** The name of a navigation, given in any letter case or as it was called before; null if there is none. */
export function navigationNameOf(set: EntitySet, given: string): string | null {
  return nameIn(set.navigation ?? {}, given) ?? memberOf(set.oldNames ?? {}, given);
}

/** A field of a complex property by its name in any letter case; null if it has none, or is a collection. */
export function fieldOf(property: Property, name: string): Property | null {
  return property.collection || property.fields === undefined ? null : memberOf(property.fields, name);
}

function memberOf<T>(record: Readonly<Record<string, T>>, given: string): T | null {
  const name = nameIn(record, given);
  return name === null ? null : (record[name] ?? null);
}

/** The derived type that a segment casts to (`microsoft.graph.user`, `graph.user`), if the set has it. */
export function castOf(registry: Registry, set: EntitySet, segment: string): { type: string; set: EntitySet } | null {
  if (!segment.includes('.')) return null;
  const wanted = qualifiedType(segment);
  for (const [type, target] of registry.derived(set)) if (type.toLowerCase() === wanted) return { type, set: target };
  return null;
}

/** `graph.user` and `microsoft.graph.user` as `#microsoft.graph.user`, in lower case. */
export function qualifiedType(name: string): string {
  const lower = name.toLowerCase().replace(/^#/, '');
  return lower.startsWith('graph.') ? `#microsoft.${lower}` : `#${lower}`;
}
