import { sql } from 'kysely';
import type { Sql } from './declaration.ts';
import { badRequest } from './errors.ts';
import type { SearchExpression } from './parse.ts';
import type { Frame, Node } from './scope.ts';
import { valueAt } from './value.ts';

/**
 * Compiles `$search` to a condition: a term looks into the named property (`"displayName:abc"`), or into all that
 * the set declares as searchable, without regard to case. Throws a RefusedError (400) where nothing is searchable.
 */
export function compileSearch(frame: Frame, node: Node, expression: SearchExpression): Sql {
  switch (expression.is) {
    case 'and':
    case 'or': {
      const parts = expression.of.map((part) => compileSearch(frame, node, part));
      return sql`(${sql.join(parts, expression.is === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      return sql`((${compileSearch(frame, node, expression.of)}) is not true)`;
    case 'term':
      return term(frame, node, expression.text);
  }
}

function term(frame: Frame, node: Node, text: string): Sql {
  const searchable = searchableOf(frame, node);
  if (searchable.length === 0) throw badRequest(`$search is not supported on '${node.set.name}'.`, '$search');
  const [, given, after] = /^([A-Za-z]\w*):(.*)$/s.exec(text) ?? [];
  const properties = searchable.filter((name) => given === undefined || name.toLowerCase() === given.toLowerCase());
  if (given !== undefined && properties.length === 0) {
    throw badRequest(`$search does not look into '${given}': use ${searchable.join(', ')}.`, given);
  }
  const wanted = (after ?? text).trim();
  const scope = { root: node, variables: new Map() };
  const each = properties.map((property) => {
    const value = valueAt(frame, scope, [property]);
    return sql`strpos(lower((${value.sql})::text), lower(${wanted}::text)) > 0`;
  });
  return sql`(${sql.join(each, sql` or `)})`;
}

function searchableOf(frame: Frame, node: Node): readonly string[] {
  const derived = [...frame.registry.derived(node.set).values()].flatMap((set) => set.searchable ?? []);
  return [...new Set([...(node.set.searchable ?? []), ...derived])];
}
