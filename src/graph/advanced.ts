import type { AdvancedQueries } from './declaration.ts';
import { directoryCountRefused, unsupportedQuery } from './errors.ts';
import type { Expression } from './parse.ts';
import type { Resolved } from './path.ts';
import type { Query } from './query.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/**
 * The query as Graph answers it of directory objects: what Graph finds only in its index is refused (400
 * `Request_UnsupportedQuery`) unless the caller takes an answer that may lag (`ConsistencyLevel: eventual`) and, but
 * for `$search`, counts as well (`$count=true`). Without the header `$count=true` is ignored, as Graph does, and
 * `/$count` is a 400 `Request_BadRequest`. Other sets, and ways to users and groups from them, know no such rule.
 *
 * Nothing lags here; but what was tried out here shall work against the real thing.
 * Source: https://learn.microsoft.com/graph/aad-advanced-queries
 */
export function advancedQuery(resolved: Resolved, query: Query, headers: Headers): Query {
  const rules = rulesOf(resolved);
  if (rules === null) return query;
  const isEventual = headers['consistencylevel']?.trim().toLowerCase() === 'eventual';
  if (resolved.wanted.is === 'count' && !isEventual) throw directoryCountRefused();
  if (query.search !== null && !isEventual) throw unsupportedQuery('$search', 'the header ConsistencyLevel: eventual');
  const isCounted = query.count || resolved.wanted.is === 'count';
  if (!isEventual || !isCounted) {
    const needed = neededFor(resolved, rules, query);
    if (needed !== null)
      throw unsupportedQuery(needed, 'the header ConsistencyLevel: eventual together with $count=true');
  }
  return isEventual ? query : { ...query, count: false };
}

/** The rules of the set that a path gives rows of; null where there are none, or where the path begins elsewhere. */
function rulesOf({ steps, set }: Resolved): AdvancedQueries | null {
  const [first] = steps;
  return first?.is === 'mount' && first.mount.set.advanced !== undefined ? (set.advanced ?? null) : null;
}

/** What of a query needs the index, in a word; null if nothing does. */
function neededFor({ steps }: Resolved, rules: AdvancedQueries, { filter, orderby }: Query): string | null {
  if (filter !== null && orderby.length > 0) return '$filter together with $orderby';
  const isRelated = steps.some((step) => step.is === 'navigation');
  if (isRelated && filter !== null) return '$filter on a relationship';
  if (isRelated && orderby.length > 0) return '$orderby on a relationship';
  const sorted = orderby.map(({ segments }) => segments.join('/')).find((path) => !has(rules.sortable, path));
  if (sorted !== undefined) return `$orderby=${sorted}`;
  return filter === null ? null : neededIn(filter, rules);
}

function neededIn(expression: Expression, rules: AdvancedQueries): string | null {
  switch (expression.is) {
    case 'and':
    case 'or':
      return first(expression.of, rules);
    case 'not':
      return "The operator 'not'";
    case 'compare':
      if (expression.op === 'ne') return "The operator 'ne'";
      return missing(expression.left, expression.right, rules) ?? first([expression.left, expression.right], rules);
    case 'in':
      return first([expression.left, ...expression.list], rules);
    case 'call':
      return expression.name.toLowerCase() === 'endswith' ? "The operator 'endsWith'" : first(expression.args, rules);
    case 'lambda':
      return unindexed(expression.path, rules) ?? (expression.of === null ? null : neededIn(expression.of, rules));
    case 'path':
      return unindexed(expression.segments, rules);
    case 'literal':
      return null;
  }
}

function first(expressions: readonly Expression[], rules: AdvancedQueries): string | null {
  for (const expression of expressions) {
    const needed = neededIn(expression, rules);
    if (needed !== null) return needed;
  }
  return null;
}

/** A comparison with null of a property whose absence is not in the ordinary index. */
function missing(left: Expression, right: Expression, rules: AdvancedQueries): string | null {
  const isNull = [left, right].some((side) => side.is === 'literal' && side.kind === 'null');
  const named = [left, right].flatMap((side) => (side.is === 'path' ? [side.segments[0] ?? ''] : []));
  const property = isNull ? named.find((name) => has(rules.missing, name)) : undefined;
  return property === undefined ? null : `Comparing '${property}' with null`;
}

function unindexed(segments: readonly string[], rules: AdvancedQueries): string | null {
  if (segments.at(-1) === '$count') return '$count in $filter';
  const property = segments[0] ?? '';
  return has(rules.filtered, property) ? `$filter on '${property}'` : null;
}

/** Names of properties come in any letter case. */
function has(names: readonly string[], given: string): boolean {
  return names.some((name) => name.toLowerCase() === given.toLowerCase());
}
