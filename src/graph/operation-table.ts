import type { Segment } from './address.ts';
import type { Operation } from './declaration.ts';

/** An operation that a path leads to, with the values of the names in its template. */
export interface Match {
  readonly operation: Operation;
  readonly path: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The operations that a path can mean, whatever the method. */
export interface OperationTable {
  readonly all: readonly Operation[];
  /** The operation for a method, or null. `beta` says under which version the path was asked for. */
  readonly find: (method: string, segments: readonly Segment[], beta: boolean) => Match | null;
  /** Methods for which the path has an operation. */
  readonly methods: (segments: readonly Segment[], beta: boolean) => readonly string[];
}

interface Branch {
  readonly literals: Map<string, Branch>;
  parameter: Branch | null;
  readonly operations: Map<string, { operation: Operation; names: readonly string[] }>;
}

/** Builds the table. Two operations with the same method and template are reported in `faults`. */
export function createOperationTable(operations: readonly Operation[], faults: string[]): OperationTable {
  const root = branch();
  for (const operation of operations) insert(root, operation, faults);
  const search = (segments: readonly Segment[], accept: (found: Branch) => boolean) => {
    const trail: string[] = [];
    const found = descend(root, segments, 0, trail, accept);
    return found === null ? null : { found, trail };
  };
  return {
    all: operations,
    find: (method, segments, beta) => {
      const hit = search(segments, (found) => isServed(found, method, beta));
      const entry = hit?.found.operations.get(method);
      if (!hit || !entry) return null;
      const path = Object.fromEntries(entry.names.map((name, index) => [name, hit.trail[index] ?? '']));
      return { operation: entry.operation, path, parameters: segments.at(-1)?.named ?? {} };
    },
    methods: (segments, beta) => {
      const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
      return methods.filter((method) => search(segments, (found) => isServed(found, method, beta)) !== null);
    },
  };
}

function isServed(found: Branch, method: string, beta: boolean): boolean {
  const entry = found.operations.get(method);
  return entry !== undefined && (beta || entry.operation.beta !== 'only');
}

function branch(): Branch {
  return { literals: new Map(), parameter: null, operations: new Map() };
}

function insert(root: Branch, operation: Operation, faults: string[]): void {
  const names: string[] = [];
  let current = root;
  for (const part of operation.path.split('/')) {
    if (part === '') continue;
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      const key = literalKey(part);
      const next = current.literals.get(key) ?? branch();
      current.literals.set(key, next);
      current = next;
    } else {
      names.push(name);
      current.parameter ??= branch();
      current = current.parameter;
    }
  }
  if (new Set(names).size !== names.length) faults.push(`${operation.path} uses a name twice`);
  if (current.operations.has(operation.method)) faults.push(`${operation.method} ${operation.path} is declared twice`);
  current.operations.set(operation.method, { operation, names });
}

/** Literal segments compare without case and without namespace: `microsoft.graph.cancel` is `cancel`. */
function literalKey(segment: string): string {
  return segment.toLowerCase().replace(/^(?:microsoft\.)?graph\.(?=[a-z]+$)/, '');
}

/** Goes down the tree, literals before names, until a place that is acceptable. */
type Accept = (found: Branch) => boolean;

/** `groups(uniqueName='…')` leads where `groups/…` does: operations take a key by whatever name it has. */
function byNamedKey(
  from: Branch,
  { text, named }: Segment,
  segments: readonly Segment[],
  at: number,
  trail: string[],
  accept: Accept,
): Branch | null {
  const [key, ...others] = Object.values(named ?? {});
  const below = from.literals.get(literalKey(text))?.parameter ?? null;
  if (key === undefined || others.length > 0 || below === null) return null;
  trail.push(key);
  const taken = descend(below, segments, at + 1, trail, accept);
  if (taken === null) trail.pop();
  return taken;
}

function descend(
  from: Branch,
  segments: readonly Segment[],
  at: number,
  trail: string[],
  accept: Accept,
): Branch | null {
  const segment = segments[at];
  if (segment === undefined) return accept(from) ? from : null;
  const isLast = at === segments.length - 1;
  const literal = segment.named === null || isLast ? from.literals.get(literalKey(segment.text)) : undefined;
  const found = literal && descend(literal, segments, at + 1, trail, accept);
  if (found) return found;
  if (segment.named !== null) return byNamedKey(from, segment, segments, at, trail, accept);
  if (from.parameter === null) return null;
  const length = trail.length;
  trail.push(segment.text);
  const taken = descend(from.parameter, segments, at + 1, trail, accept);
  if (taken === null) trail.length = length;
  return taken;
}
