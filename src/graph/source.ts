import { sql } from 'kysely';
import { isId } from '../kernel/ids.ts';
import type { EntitySet, Navigation, Property, Sql } from './declaration.ts';
import { boundedInstant } from './literal.ts';
import type { Key, Step } from './path.ts';
import { keyName } from './registry.ts';
import { allOf, type Frame, fromClause, keyOf, type Node, nodeOf, sameKey, visible } from './scope.ts';
import { equalTo, valueAt } from './value.ts';

/** The rows that a path leads to: a node, and what narrows it. */
export interface Source {
  readonly node: Node;
  readonly where: readonly Sql[];
}

/** The rows at the end of a path. Every entity on the way must be there and visible to the reader. */
export function sourceOf(frame: Frame, steps: readonly Step[]): Source {
  const [first, ...rest] = steps;
  if (first?.is !== 'mount') throw new Error('A path starts at a mount.');
  const { set, single } = first.mount;
  const root = wholeSet(frame, set);
  const key = single?.key === undefined ? [] : [keyMatches(frame, root.node, { text: single.key, property: null })];
  const start: Source = { ...root, where: [...root.where, ...key] };
  return rest.reduce<Source>((source, step) => next(frame, source, step), start);
}

/** All rows of a set that the reader may know of. */
export function wholeSet(frame: Frame, set: EntitySet): Source {
  const node = nodeOf(frame, set);
  return { node, where: [visible(frame, node)] };
}

function next(frame: Frame, source: Source, step: Step): Source {
  switch (step.is) {
    case 'mount':
      throw new Error('A mount begins a path.');
    case 'key':
      return { ...source, where: [...source.where, keyMatches(frame, source.node, step.key)] };
    case 'navigation': {
      const node = nodeOf(frame, step.set);
      const reached = reachedBy(frame, source, step.navigation, node);
      return { node, where: [visible(frame, node), reached] };
    }
    case 'cast': {
      const typed = sql`${source.node.set.typeOf?.(source.node.row) ?? sql`null`} = ${step.type}`;
      if (step.set.from === source.node.set.from) {
        const node = { ...source.node, set: step.set };
        return { node, where: [...source.where, visible(frame, node), typed] };
      }
      const node = nodeOf(frame, step.set);
      const same = sql`${sameKey(frame, node, source.node)} and ${typed}`;
      return { node, where: [visible(frame, node), within(frame, source, same)] };
    }
  }
}

/** The condition that a row of `node` is one that a navigation leads to from some row of `source`. */
function reachedBy(frame: Frame, source: Source, { on, targetKeys, leadsToFew }: Navigation, node: Node): Sql {
  const { row } = source.node;
  if (targetKeys === undefined) return within(frame, source, sql`(${on(row, node.row, frame.context)})`);
  const found = sql`(select _k.key from ${fromClause(frame, source.node)}
    cross join lateral ${targetKeys(row, frame.context)} as _k(key) where ${allOf(source.where)})`;
  const key = keyOf(frame, node);
  return leadsToFew ? sql`${key} = any(array${found})` : sql`${key} in ${found}`;
}

function within(frame: Frame, source: Source, condition: Sql): Sql {
  return sql`exists (select 1 from ${fromClause(frame, source.node)} where ${allOf([...source.where, condition])})`;
}

/** The condition that a row has a key, or one of the alternate keys. What cannot be a key matches nothing. */
export function keyMatches(frame: Frame, node: Node, key: Key): Sql {
  const names = key.property === null ? [keyName(node.set), ...(node.set.alternateKeys ?? [])] : [key.property];
  const scope = { root: node, variables: new Map() };
  const conditions = names.flatMap((name) => {
    const value = valueAt(frame, scope, [name]);
    if (!canBe(value.edm, key.text)) return [];
    if (name !== keyName(node.set) || value.edm === 'guid')
      return [equalTo(value, value.edm === 'guid' ? key.text.toLowerCase() : key.text)];
    return [value.equals?.(key.text) ?? sql`${keyOf(frame, node)} = ${key.text}`];
  });
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

/** Whether a key's text can be a value of the type at all. */
function canBe(edm: Property['edm'], text: string): boolean {
  switch (edm) {
    case 'guid':
      return isId(text);
    case 'dateTimeOffset':
      return boundedInstant(text) !== null;
    case 'int32':
      return /^\d{1,15}$/.test(text);
    default:
      return true;
  }
}
