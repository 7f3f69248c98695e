import { type RawBuilder, sql } from 'kysely';
import type { Instant } from '../../kernel/time.ts';
import { instantOf } from './evaluate.ts';
import { foldCase } from './folding.ts';
import { type Relation, relationOf } from './operators.ts';
import { postgresPattern } from './pattern.ts';
import type { Comparison, Condition, MembershipRule, Value } from './rule.ts';

/**
 * Gives the SQL of a fact on the row that is tested, by the fact's name (`department`, `managerId`, `otherMails` …):
 * strings and ids as anything that casts to text; flags as boolean; `employeeHireDate` as timestamptz; `otherMails`,
 * `proxyAddresses` and `memberOfGroupIds` as jsonb arrays of strings; `assignedPlans` as a jsonb array of objects.
 * Every one may be null.
 */
export type FactColumn = (fact: string) => RawBuilder<unknown>;

type Test = RawBuilder<boolean>;

interface Scope {
  readonly column: FactColumn;
  readonly now: Instant;
}

/**
 * The rule as a condition on a row of users, never null. INVARIANT: agrees with `matches` for every user; so no
 * comparison depends on the database's collation, and only what Sallyport folds itself is folded.
 */
export function membershipRuleSql(rule: MembershipRule, column: FactColumn, now: Instant): RawBuilder<boolean> {
  switch (rule.is) {
    case 'directReports':
      return certain(sql`${folded(column('managerId'))} = ${text(rule.managerId)}`);
    case 'memberOf': {
      const ids = sql.join(rule.groupIds.map(text));
      return someItem(column('memberOfGroupIds'), sql`${folded(item)} in (${ids})`);
    }
    case 'condition':
      return condition(rule.condition, { column, now });
  }
}

const item = sql`item.value`;

function condition(node: Condition, scope: Scope): Test {
  switch (node.is) {
    case 'and':
      return sql`(${sql.join(
        node.operands.map((operand) => condition(operand, scope)),
        sql` and `,
      )})`;
    case 'or':
      return sql`(${sql.join(
        node.operands.map((operand) => condition(operand, scope)),
        sql` or `,
      )})`;
    case 'not':
      return sql`(not ${condition(node.operand, scope)})`;
    case 'quantified': {
      const holds = condition(node.condition, scope);
      const rows = node.collection.type === 'plans' ? objectsOf : stringsOf;
      const items = rows(scope.column(node.collection.fact));
      return node.quantifier === 'any'
        ? sql`exists (select from ${items} where ${holds})`
        : sql`(not exists (select from ${items} where not ${holds}))`;
    }
    case 'comparison':
      return comparison(node, scope);
  }
}

function comparison(node: Comparison, scope: Scope): Test {
  const { relation, negated } = relationOf(node.operator);
  const related = relatedTo(node, relation, scope);
  return negated ? sql`(not ${related})` : related;
}

function relatedTo({ subject, value }: Comparison, relation: Relation, { column, now }: Scope): Test {
  if (subject.is === 'item') return certain(textRelated(item, relation, value));
  if (subject.is === 'field') return certain(textRelated(sql`${item} ->> ${text(subject.field)}`, relation, value));
  const { type, fact } = subject.attribute;
  const left = column(fact);
  if (type === 'strings') {
    if (value.is === 'null') return sql`(not exists (select from ${stringsOf(left)}))`;
    return someItem(left, textRelated(item, relation, value));
  }
  if (value.is === 'null') return isNull(left);
  if (value.is === 'boolean') return certain(sql`${left} = ${value.boolean ? sql`true` : sql`false`}`);
  const instant = instantOf(value, now);
  if (instant === null) return certain(textRelated(left, relation, value));
  return certain(sql`${left} ${timeOperators[relation]} ${instant.toString()}::timestamptz`);
}

const timeOperators: Readonly<Partial<Record<Relation, RawBuilder<unknown>>>> = {
  eq: sql`=`,
  le: sql`<=`,
  ge: sql`>=`,
};

function textRelated(left: RawBuilder<unknown>, relation: Relation, value: Value): RawBuilder<unknown> {
  if (value.is === 'null') return isNull(left);
  const subject = folded(left);
  if (value.is === 'pattern') return sql`${subject} collate "C" ~ ${text(postgresPattern(value.pattern))}`;
  if (value.is === 'list') return sql`${subject} in (${sql.join(value.texts.map((one) => text(foldCase(one))))})`;
  const other = text(value.is === 'text' ? foldCase(value.text) : '');
  if (relation === 'startsWith') return sql`starts_with(${subject}, ${other})`;
  if (relation === 'endsWith') return sql`right(${subject}, length(${other})) = ${other}`;
  return relation === 'contains' ? sql`strpos(${subject}, ${other}) > 0` : sql`${subject} = ${other}`;
}

/** INVARIANT: the same as `foldCase`. The named collation is built into PostgreSQL 17 and later, in any locale. */
function folded(column: RawBuilder<unknown>): RawBuilder<string> {
  return sql`lower((${column})::text collate "pg_c_utf8")`;
}

function isNull(column: RawBuilder<unknown>): Test {
  return sql`((${column}) is null)`;
}

function certain(test: RawBuilder<unknown>): Test {
  return sql`coalesce(${test}, false)`;
}

function someItem(column: RawBuilder<unknown>, holds: RawBuilder<unknown>): Test {
  return sql`exists (select from ${stringsOf(column)} where ${holds})`;
}

function stringsOf(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_array_elements_text(coalesce(${column}, '[]'::jsonb)) as item(value)`;
}

function objectsOf(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_array_elements(coalesce(${column}, '[]'::jsonb)) as item(value)`;
}

function text(value: string): RawBuilder<string> {
  return sql`${value}::text`;
}
