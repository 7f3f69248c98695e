import { accept, type Outcome } from '../../kernel/outcome.ts';
import { attributeNamed, attributes, operatorsFor } from './attributes.ts';
import { parseMembershipRule } from './parse.ts';
import { quoted } from './print.ts';
import { compilationError } from './refusals.ts';
import type { Comparison, Condition, MembershipRule, Value } from './rule.ts';

/**
 * One line of a rule builder: `and`/`or` (null in the first), a property, an operator and what it is compared with. As in
 * Entra's, `and` binds tighter, and there are no parentheses.
 */
export interface Expression {
  readonly connector: 'and' | 'or' | null;
  /** `user.department` */
  readonly property: string;
  /** `-eq` */
  readonly operator: string;
  /** Texts of a list for `-in` and `-notIn`, else one; none stands for null. Without quotes. */
  readonly values: readonly string[];
}

/** As many lines as Entra's rule builder has. */
export const expressionsAtMost = 5;

/** What a builder can offer: properties with their type and operators, and what else a rule may be. */
export interface BuilderProperty {
  readonly property: string;
  readonly type: string;
  readonly operators: readonly string[];
}

/** Every property of users that rules know, in the documentation's order of types. */
export function builderProperties(): readonly BuilderProperty[] {
  return attributes().map(({ name, type }) => ({
    property: `user.${name}`,
    type: typeNames[type],
    operators: [
      ...operatorsFor(type).map((operator) => `-${operator}`),
      ...(type === 'strings' || type === 'plans' ? ['-any', '-all'] : []),
      ...(type === 'groups' ? ['-any'] : []),
    ],
  }));
}

const typeNames = {
  boolean: 'boolean',
  dateTime: 'dateTime',
  string: 'string',
  strings: 'stringCollection',
  plans: 'assignedPlanCollection',
  groups: 'groupCollection',
} as const;

/** The lines that make a rule, where a builder can show it; null where only the text can. */
export function expressionsOf(rule: MembershipRule): readonly Expression[] | null {
  if (rule.is !== 'condition') return null;
  const joined = operandsOf(rule.condition, 'or').map((alternative) => operandsOf(alternative, 'and'));
  const conditions = joined.flat();
  if (conditions.length > expressionsAtMost || !conditions.every(isLine)) return null;
  const lines = joined.flatMap((all) =>
    all.filter(isLine).map((one, index) => [one, index === 0 ? 'or' : 'and'] as const),
  );
  return lines.map(([one, connector], index) => ({ connector: index === 0 ? null : connector, ...lineOf(one) }));
}

function operandsOf(condition: Condition, by: 'and' | 'or'): readonly Condition[] {
  return condition.is === by ? condition.operands : [condition];
}

type Line = Comparison & { readonly subject: Extract<Comparison['subject'], { readonly is: 'attribute' }> };

/** A directory extension is no property that a builder lists. */
function isLine(condition: Condition): condition is Line {
  return condition.is === 'comparison' && condition.subject.is === 'attribute';
}

function lineOf({ subject, operator, value }: Line): Omit<Expression, 'connector'> {
  return { property: `user.${subject.attribute.name}`, operator: `-${operator}`, values: valuesOf(value) };
}

function valuesOf(value: Value): readonly string[] {
  switch (value.is) {
    case 'null':
      return [];
    case 'boolean':
      return [String(value.boolean)];
    case 'text':
    case 'pattern':
      return [value.text];
    case 'list':
      return value.texts;
    case 'instant':
      return [value.instant.toString()];
    case 'now':
      return [value.plus === null ? 'system.now' : `system.now -plus ${value.plus.toString()}`];
  }
}

/**
 * The text of the rule that lines make, which is a rule. Refused as the rule itself would be, and with
 * `MembershipRuleSyntaxError` where a value is more than a value.
 */
export function ruleOfExpressions(lines: readonly Expression[]): Outcome<MembershipRule> {
  const text = lines
    .map(({ connector, ...line }, index) => `${index === 0 ? '' : `-${connector ?? 'and'} `}(${textOf(line)})`)
    .join(' ');
  const rule = parseMembershipRule(text);
  if (rule.is === 'refused') return rule;
  const read = expressionsOf(rule.value);
  if (read?.length === lines.length) return accept(rule.value);
  return compilationError('a value of the expressions is more than one value', 0);
}

/** The first line that is no rule by itself, counted from 0; null where each is one. */
export function lineAtFault(lines: readonly Expression[]): number | null {
  const index = lines.findIndex((line) => ruleOfExpressions([{ ...line, connector: null }]).is === 'refused');
  return index === -1 ? null : index;
}

function textOf({ property, operator, values }: Omit<Expression, 'connector'>): string {
  return `${property} -${operator.replace(/^-/, '')} ${valueText(property, operator, values)}`;
}

function valueText(property: string, operator: string, values: readonly string[]): string {
  const [only = 'null'] = values;
  if (/^-?(not)?in$/i.test(operator)) return `[${values.map(quoted).join(', ')}]`;
  const type = attributeNamed(property.replace(/^user\./, ''))?.type;
  return values.length === 0 || type === 'boolean' || type === 'dateTime' ? only : quoted(only);
}
