import type { Segment } from './address.ts';
import type { EntitySet, Navigation, Property } from './declaration.ts';
import { unknownSegment } from './errors.ts';
import {
  castOf,
  type Mount,
  nameIn,
  navigationNameOf,
  navigationOf,
  propertyOf,
  qualifiedType,
  type Registry,
} from './registry.ts';

/** One step from a mounted set to what is asked for. */
export type Step =
  | { readonly is: 'mount'; readonly mount: Mount }
  | { readonly is: 'key'; readonly key: Key }
  | { readonly is: 'navigation'; readonly name: string; readonly navigation: Navigation; readonly set: EntitySet }
  | { readonly is: 'cast'; readonly type: string; readonly set: EntitySet };

/** A key as given: a text that may be the key or an alternate key, or an alternate key by its name. */
export interface Key {
  readonly text: string;
  readonly property: string | null;
}

/** What a path asks for at the end of its steps. */
export type Wanted =
  | { readonly is: 'collection' | 'entity' | 'count' | 'references' | 'reference' }
  | {
      readonly is: 'property';
      readonly names: readonly string[];
      readonly property: Property;
      /** `$value`: the bare value as text; `$count`: the number of elements. */
      readonly form: 'json' | 'value' | 'count';
    };

/** A path that leads somewhere. */
export interface Resolved {
  readonly steps: readonly Step[];
  readonly set: EntitySet;
  readonly wanted: Wanted;
}

interface Position {
  readonly steps: readonly Step[];
  readonly set: EntitySet;
  readonly many: boolean;
}

/**
 * Resolves a path to a read; `beta` says whether what only beta has is there. Throws a RefusedError (400
 * `BadRequest`) that names the first unknown segment.
 */
export function resolvePath(registry: Registry, segments: readonly Segment[], beta = false): Resolved {
  const mounts = beta ? registry.mounts : registry.mounts.filter((mount) => !mount.isBeta);
  const { position, rest } = start(mounts, segments);
  let current = position;
  for (let index = 0; index < rest.length; index++) {
    const segment = rest[index];
    if (segment === undefined) break;
    const wanted = terminal(current, rest.slice(index));
    if (wanted !== null) return { steps: current.steps, set: current.set, wanted };
    current = advance(registry, current, segment);
  }
  return { steps: current.steps, set: current.set, wanted: { is: current.many ? 'collection' : 'entity' } };
}

function start(
  mounts: readonly Mount[],
  segments: readonly Segment[],
): { position: Position; rest: readonly Segment[] } {
  const lower = segments.map((segment) => segment.text.toLowerCase());
  const mount = mounts.find((each) => each.segments.every((part, index) => lower[index] === part));
  if (mount === undefined) throw unknownSegment(firstUnknown(mounts, segments));
  const steps: readonly Step[] = [{ is: 'mount', mount }];
  const position = { steps, set: mount.set, many: mount.single === null };
  const last = segments[mount.segments.length - 1];
  const rest = segments.slice(mount.segments.length);
  // A key by name stands in brackets behind the set: it belongs to the mount's last segment.
  if (last?.named && Object.keys(last.named).length > 0) return { position: byName(position, last), rest };
  return { position, rest };
}

/** The first segment with which no mount goes on. */
function firstUnknown(mounts: readonly Mount[], segments: readonly Segment[]): string {
  let candidates = mounts;
  for (const [index, { text }] of segments.entries()) {
    candidates = candidates.filter((mount) => mount.segments[index] === text.toLowerCase());
    if (candidates.length === 0) return text;
  }
  return segments.at(-1)?.text ?? '';
}

function terminal(position: Position, rest: readonly Segment[]): Wanted | null {
  const [first, ...more] = rest;
  if (first === undefined || first.named !== null) return null;
  if (first.text === '$count' && position.many && more.length === 0) return { is: 'count' };
  if (first.text === '$ref' && more.length === 0 && position.steps.some((step) => step.is === 'navigation')) {
    return { is: position.many ? 'references' : 'reference' };
  }
  if (position.many || propertyOf(position.set, first.text) === null) return null;
  return propertyEnd(position.set, rest);
}

function propertyEnd(set: EntitySet, rest: readonly Segment[]): Wanted {
  const names: string[] = [];
  let property: Property | null = null;
  for (const [index, { text }] of rest.entries()) {
    const isLast = index === rest.length - 1;
    if (property && isLast && text === '$value') return { is: 'property', names, property, form: 'value' };
    if (property?.collection && isLast && text === '$count') return { is: 'property', names, property, form: 'count' };
    const among: Readonly<Record<string, Property>> = property === null ? set.properties : fieldsOf(property);
    const name = nameIn(among, text);
    if (name === null) throw unknownSegment(text);
    names.push(name);
    property = among[name] ?? null;
  }
  if (property === null) throw unknownSegment('');
  return { is: 'property', names, property, form: 'json' };
}

/** What a complex property is made of; nothing for any other, and for a collection. */
function fieldsOf({ collection, fields = {} }: Property): Readonly<Record<string, Property>> {
  return collection ? {} : fields;
}

function advance(registry: Registry, position: Position, segment: Segment): Position {
  const cast = segment.named === null ? castOf(registry, position.set, segment.text) : null;
  if (cast !== null) {
    return { steps: [...position.steps, { is: 'cast', ...cast }], set: cast.set, many: position.many };
  }
  if (segment.text.startsWith('$')) throw unknownSegment(segment.text);
  if (position.many) {
    if (segment.named !== null || /^(?:microsoft\.)?graph\.\w+$/i.test(segment.text))
      throw unknownSegment(segment.text);
    return keyed(position, keyOf(position.set, segment.text));
  }
  // A cast to the type that the entity has anyway changes nothing.
  if (qualifiedType(segment.text) === qualifiedType(position.set.type)) return position;
  const navigation = navigationOf(position.set, segment.text);
  if (navigation === null) throw unknownSegment(segment.text);
  const set = registry.set(navigation.target);
  const name = navigationNameOf(position.set, segment.text) ?? segment.text;
  const step: Step = { is: 'navigation', name, navigation, set };
  const next = { steps: [...position.steps, step], set, many: navigation.many };
  return segment.named && Object.keys(segment.named).length > 0 ? byName(next, segment) : next;
}

function keyed(position: Position, key: Key): Position {
  return { steps: [...position.steps, { is: 'key', key }], set: position.set, many: false };
}

/** A key as it stands in a segment of its own: bare, or with its name as in `directoryRoles/roleTemplateId=…`. */
function keyOf(set: EntitySet, text: string): Key {
  const [name = '', ...value] = text.split('=');
  const property = (set.alternateKeys ?? []).find((one) => one.toLowerCase() === name.toLowerCase());
  return property === undefined || value.length === 0 ? { text, property: null } : { text: value.join('='), property };
}

/** `users(userPrincipalName='…')`: one named key. */
function byName(position: Position, segment: Segment): Position {
  const [only, ...others] = Object.entries(segment.named ?? {});
  const allowed = [position.set.key ?? 'id', ...(position.set.alternateKeys ?? [])];
  if (!only || others.length > 0 || !allowed.includes(only[0]) || !position.many) throw unknownSegment(segment.text);
  return keyed(position, { text: only[1], property: only[0] });
}

/** The path as metadata addresses write it: `groups('…')/members`. */
export function canonicalPath(steps: readonly Step[]): string {
  let path = '';
  for (const step of steps) {
    if (step.is === 'mount') path = step.mount.path.replace(/^\/|\/$/g, '');
    else if (step.is === 'key') path += `('${encodeURIComponent(step.key.text.replaceAll("'", "''"))}')`;
    else path += step.is === 'navigation' ? `/${step.name}` : `/${step.type.slice(1)}`;
  }
  return path;
}
