import type { Condition, MembershipRule, Subject, Value } from './rule.ts';

/** Writes a rule in its documented form; reading that again gives the same rule. */
export function printRule(rule: MembershipRule): string {
  switch (rule.is) {
    case 'directReports':
      return `Direct Reports for ${quoted(rule.managerId)}`;
    case 'memberOf':
      return `user.memberOf -any (group.objectId -in [${rule.groupIds.map((id) => `'${id}'`).join(', ')}])`;
    case 'condition':
      return printCondition(rule.condition);
  }
}

/** Writes a condition of a rule in its documented form. */
export function printCondition(condition: Condition): string {
  switch (condition.is) {
    case 'and':
    case 'or':
      return condition.operands.map(printOperand).join(` -${condition.is} `);
    case 'not':
      return `-not ${printOperand(condition.operand)}`;
    case 'quantified': {
      const { collection, quantifier } = condition;
      return `user.${collection.name} -${quantifier} (${printCondition(condition.condition)})`;
    }
    case 'comparison':
      return `${printSubject(condition.subject)} -${condition.operator} ${printValue(condition.value)}`;
  }
}

function printOperand(condition: Condition): string {
  const text = printCondition(condition);
  return condition.is === 'and' || condition.is === 'or' ? `(${text})` : text;
}

function printSubject(subject: Subject): string {
  if (subject.is === 'item') return '_';
  return subject.is === 'field' ? `assignedPlan.${subject.field}` : `user.${subject.attribute.name}`;
}

function printValue(value: Value): string {
  switch (value.is) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.boolean);
    case 'text':
    case 'pattern':
      return quoted(value.text);
    case 'list':
      return `[${value.texts.map(quoted).join(', ')}]`;
    case 'instant':
      return value.instant.toString();
    case 'now':
      return value.plus === null ? 'system.now' : `system.now -plus ${value.plus.toString()}`;
  }
}

/** A text as a rule has it: double quotes as documented; single ones where a backtick in the text could be taken for an escape. */
export function quoted(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return text.includes('`') ? `'${doubled}'` : `"${doubled.replaceAll('"', '`"')}"`;
}
