import { sql } from 'kysely';
import type { Sql } from './declaration.ts';
import { badRequest } from './errors.ts';
import { literalText, parameter } from './literal.ts';
import type { Comparison, Expression, Lambda, Literal } from './parse.ts';
import { castOf, qualifiedType } from './registry.ts';
import type { Frame } from './scope.ts';
import { equalTo, rangeAt, type Scope, type Value, valueAt } from './value.ts';

/**
 * Compiles `$filter` to a condition over the scope's root. Throws a RefusedError (400) that names what does not fit.
 *
 * OData's null: a comparison with a missing value is false, except `eq null`, and `ne` is the opposite of `eq`.
 * SQL's unknown behaves as false everywhere but under `not`, which is therefore written `is not true`.
 */
export function compileFilter(frame: Frame, scope: Scope, expression: Expression): Sql {
  switch (expression.is) {
    case 'and':
    case 'or': {
      const parts = expression.of.map((part) => compileFilter(frame, scope, part));
      return sql`(${sql.join(parts, expression.is === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      return sql`((${compileFilter(frame, scope, expression.of)}) is not true)`;
    case 'compare':
      return compare(frame, scope, expression.op, expression.left, expression.right);
    case 'in':
      return isIn(frame, scope, expression.left, expression.list);
    case 'lambda':
      return lambda(frame, scope, expression);
    default: {
      const value = operand(frame, scope, expression);
      if (value.is === 'literal' && value.kind === 'boolean') return parameter(String(value.value), 'boolean');
      if (value.is === 'literal' || value.edm !== 'boolean' || value.collection) {
        throw badRequest(`'${nameOf(value)}' is not a condition.`, nameOf(value));
      }
      return sql`(${value.beyond?.holds(value.beyond.value.sql) ?? value.sql})`;
    }
  }
}

type Operand = (Value & { readonly is: 'value' }) | Literal;

function nameOf(operand: Operand): string {
  return operand.is === 'literal' ? String(operand.value).slice(0, 64) : operand.name;
}

function operand(frame: Frame, scope: Scope, expression: Expression): Operand {
  switch (expression.is) {
    case 'literal':
      return expression;
    case 'path':
      return { is: 'value', ...valueAt(frame, scope, expression.segments) };
    case 'call':
      return { is: 'value', ...call(frame, scope, expression.name, expression.args) };
    default: {
      const condition = sql`coalesce(${compileFilter(frame, scope, expression)}, false)`;
      return { is: 'value', edm: 'boolean', collection: false, sql: condition, name: '$filter' };
    }
  }
}

const sqlOperators: Readonly<Record<'gt' | 'ge' | 'lt' | 'le', Sql>> = {
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
};

const mirrored: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
  has: 'has',
};

function compare(frame: Frame, scope: Scope, op: Comparison, leftSide: Expression, rightSide: Expression): Sql {
  const left = operand(frame, scope, leftSide);
  const right = operand(frame, scope, rightSide);
  if (op === 'has') throw badRequest(`'has' is not supported: compare '${nameOf(left)}' with eq.`, nameOf(left));
  if (left.is === 'literal') {
    if (right.is === 'literal') throw badRequest('A comparison needs a property on one side.', '$filter');
    return compareLiteral(mirrored[op], right, left);
  }
  return right.is === 'literal' ? compareLiteral(op, left, right) : compareValues(op, left, right);
}

function compareLiteral(op: Comparison, value: Value, literal: Literal): Sql {
  const { name } = value;
  if (value.collection) throw badRequest(`'${name}' is a collection: use any() or all().`, name);
  if (literal.kind === 'null') {
    if (op === 'eq') return sql`(${value.sql}) is null`;
    if (op === 'ne') return sql`(${value.sql}) is not null`;
    return sql`false`;
  }
  const text = literalText(literal, value, name);
  if (op === 'ne') return sql`((${compareLiteral('eq', value, literal)}) is not true)`;
  // What is compared beyond a navigation is looked for there: an index serves that, and a value for each row it does not.
  if (value.beyond) return value.beyond.holds(compareLiteral(op, value.beyond.value, literal));
  if (op === 'eq') return equalTo(value, text);
  if (op === 'has' || value.edm === 'enum' || value.edm === 'boolean') {
    throw badRequest(`'${name}' cannot be compared with ${op}: use eq or ne.`, name);
  }
  const literalSql = parameter(text, value.edm);
  const folded = value.edm === 'string' && !value.exact ? sql`lower(${literalSql})` : literalSql;
  return sql`(${sortable(value)} ${sqlOperators[op]} ${folded})`;
}

/** A value in the form in which it is ordered and compared: strings without case, durations by length. */
export function sortable(value: Value): Sql {
  if (value.edm === 'string' && !value.exact) return sql`lower(${value.sql})`;
  return value.edm === 'duration' ? sql`(${value.sql})::interval` : sql`(${value.sql})`;
}

const textual = new Set<Value['edm']>(['string', 'enum', 'guid']);

function compareValues(op: Comparison, left: Value, right: Value): Sql {
  const alike = left.edm === right.edm || (textual.has(left.edm) && textual.has(right.edm));
  if (!alike || left.collection || right.collection || left.edm === 'json') {
    throw badRequest(`'${left.name}' cannot be compared with '${right.name}'.`, left.name);
  }
  const a = comparable(left);
  const b = comparable(right);
  if (op === 'eq') return sql`(${a} is not distinct from ${b})`;
  if (op === 'ne') return sql`(${a} is distinct from ${b})`;
  return op === 'has' ? sql`false` : sql`(${a} ${sqlOperators[op]} ${b})`;
}

function comparable(value: Value): Sql {
  return textual.has(value.edm) ? sql`lower((${value.sql})::text)` : sortable(value);
}

function isIn(frame: Frame, scope: Scope, left: Expression, list: readonly Expression[]): Sql {
  const value = operand(frame, scope, left);
  if (value.is === 'literal') throw badRequest("'in' needs a property on its left.", '$filter');
  const each = list.map((item) => {
    if (item.is !== 'literal') throw badRequest(`'in' takes literals only.`, value.name);
    return item;
  });
  const { beyond } = value;
  const found = (one: Value) =>
    sql`(${sql.join(
      each.map((item) => compareLiteral('eq', one, item)),
      sql` or `,
    )})`;
  // Whoever is not there at all has nothing, so that null is looked for on this side.
  if (beyond === undefined || each.some(({ kind }) => kind === 'null')) return found(value);
  return beyond.holds(found(beyond.value));
}

function lambda(frame: Frame, scope: Scope, expression: Lambda): Sql {
  const name = expression.path.join('/');
  const range = rangeAt(frame, scope, expression.path);
  if (expression.of === null || expression.variable === null) {
    if (expression.kind === 'all') throw badRequest(`all() needs a condition: ${name}/all(x: …).`, name);
    return range.wrap(sql`exists (select 1 from ${range.from} where ${range.where})`);
  }
  if (scope.variables.has(expression.variable)) {
    throw badRequest(`The variable '${expression.variable}' is used twice.`, expression.variable);
  }
  const inner = { ...scope, variables: new Map([...scope.variables, [expression.variable, range.place]]) };
  const condition = compileFilter(frame, inner, expression.of);
  return range.wrap(
    expression.kind === 'any'
      ? sql`exists (select 1 from ${range.from} where ${range.where} and ${condition})`
      : sql`not exists (select 1 from ${range.from} where ${range.where} and (${condition}) is not true)`,
  );
}

type TextFunction = (a: Sql, b: Sql) => Sql;

const conditions: Readonly<Record<string, TextFunction>> = {
  startswith: (a, b) => sql`starts_with(lower(${a}), lower(${b}))`,
  endswith: (a, b) => sql`(right(lower(${a}), length(${b})) = lower(${b}))`,
  contains: (a, b) => sql`(strpos(lower(${a}), lower(${b})) > 0)`,
};

const transformations: Readonly<Record<string, { edm: 'string' | 'int32'; of: (a: Sql) => Sql }>> = {
  tolower: { edm: 'string', of: (a) => sql`lower(${a})` },
  toupper: { edm: 'string', of: (a) => sql`upper(${a})` },
  trim: { edm: 'string', of: (a) => sql`btrim(${a})` },
  length: { edm: 'int32', of: (a) => sql`length(${a})` },
};

function call(frame: Frame, scope: Scope, given: string, args: readonly Expression[]): Value {
  const name = given.toLowerCase();
  if (name === 'isof') return isOf(frame, scope, args);
  const condition = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  const transformation = Object.hasOwn(transformations, name) ? transformations[name] : undefined;
  const count = condition ? 2 : 1;
  if (!condition && !transformation) throw badRequest(`The function '${given.slice(0, 64)}' is not supported.`, given);
  if (args.length !== count) throw badRequest(`'${given}' takes ${count} argument(s).`, given);
  const operands = args.map((argument) => operand(frame, scope, argument));
  const called = (from: readonly Operand[]): Value => {
    const texts = from.map((one) => textOf(one, given));
    const [a, b] = [texts[0] ?? sql`null`, texts[1] ?? sql`null`];
    if (transformation) return { edm: transformation.edm, collection: false, sql: transformation.of(a), name: given };
    return { edm: 'boolean', collection: false, sql: condition?.(a, b) ?? sql`null`, name: given };
  };
  const value = called(operands);
  // Where one operand lies beyond navigations, the call can be made there, so that its condition is looked for there.
  const far = operands.flatMap((one) => (one.is === 'value' && one.beyond ? [one.beyond] : []));
  const [only] = far;
  if (far.length !== 1 || only === undefined) return value;
  const isFar = (one: Operand) => one.is === 'value' && one.beyond !== undefined;
  const there = operands.map((one): Operand => (isFar(one) ? { is: 'value', ...only.value } : one));
  return { ...value, beyond: { value: called(there), holds: only.holds } };
}

function textOf(value: Operand, name: string): Sql {
  if (value.is === 'literal') {
    if (value.kind === 'string' || value.kind === 'guid') return sql`${String(value.value)}::text`;
    throw badRequest(`'${name}' takes text, not '${nameOf(value)}'.`, name);
  }
  if (value.collection || !textual.has(value.edm)) {
    throw badRequest(`'${name}' takes text, and '${value.name}' is none.`, value.name);
  }
  return sql`(${value.sql})::text`;
}

/** `isof('microsoft.graph.user')`: whether the row is of a derived type. */
function isOf(frame: Frame, scope: Scope, args: readonly Expression[]): Value {
  const type = args.at(-1);
  const named = type?.is === 'literal' ? String(type.value) : type?.is === 'path' ? type.segments.join('/') : '';
  const { set, row } = scope.root;
  const cast = castOf(frame.registry, set, named);
  if (args.length !== 1 || (cast === null && qualifiedType(named) !== qualifiedType(set.type))) {
    throw badRequest(`isof() knows no type '${named.slice(0, 64)}' here.`, 'isof');
  }
  const condition = cast === null || set.typeOf === undefined ? sql`true` : sql`(${set.typeOf(row)} = ${cast.type})`;
  return { edm: 'boolean', collection: false, sql: condition, name: 'isof' };
}
