import { accept, type Outcome, type Refused } from '../../kernel/outcome.ts';
import { type Attribute, attributeNamed, nameMeant, operatorsFor } from './attributes.ts';
import type { Syntax, Written, WrittenValue } from './grammar.ts';
import { type Operator, operators } from './operators.ts';
import { attributeNotSupported, compilationError, operatorNotSupported } from './refusals.ts';
import type { Condition, MembershipRule, PlanField, Subject } from './rule.ts';
import { checkValue, groupIdsIn, managerIdIn } from './values.ts';

/** Within `-any` and `-all`: the collection whose items are tested. Null at the level of the user. */
type Within = Attribute | null;

const deepest = 64;

/** Turns what the text says into a rule: known attributes, operators that their types take, values that fit. */
export function checkRule(syntax: Syntax): Outcome<MembershipRule> {
  if (syntax.is === 'directReports') {
    const managerId = managerIdIn(syntax.manager);
    return managerId.is === 'refused' ? managerId : accept({ is: 'directReports', managerId: managerId.value });
  }
  if (syntax.is === 'quantified' && userAttribute(syntax.subject)?.type === 'groups') return memberOfRule(syntax);
  const condition = checkCondition(syntax, null, 0);
  return condition.is === 'refused' ? condition : accept({ is: 'condition', condition: condition.value });
}

function memberOfRule(syntax: Extract<Syntax, { is: 'quantified' }>): Outcome<MembershipRule> {
  const { condition, quantifier, subject } = syntax;
  const isTheOneForm =
    quantifier === 'any' &&
    condition.is === 'comparison' &&
    condition.subject.text === 'group.objectId' &&
    operatorNamed(condition.operator.text) === 'in';
  if (!isTheOneForm) return memberOfRefused(subject);
  const groupIds = groupIdsIn(condition.value);
  return groupIds.is === 'refused' ? groupIds : accept({ is: 'memberOf', groupIds: groupIds.value });
}

function memberOfRefused(subject: Written): Refused {
  const form = "user.memberOf -any (group.objectId -in ['<id>'])";
  return operatorNotSupported(`memberOf stands alone and only as ${form}`, subject.at.start);
}

function checkCondition(syntax: Syntax, within: Within, depth: number): Outcome<Condition> {
  const { at } = syntax;
  if (depth > deepest) return compilationError(`The rule is nested more than ${deepest} deep`, at.start);
  switch (syntax.is) {
    case 'directReports':
      return compilationError('Direct Reports cannot be combined with anything else', at.start);
    case 'not': {
      const operand = checkCondition(syntax.operand, within, depth + 1);
      return operand.is === 'refused' ? operand : accept({ is: 'not', operand: operand.value, at });
    }
    case 'and':
    case 'or':
      return checkJoined(syntax, within, depth);
    case 'quantified':
      return checkQuantified(syntax, within, depth);
    case 'comparison':
      return checkComparison(syntax, within);
  }
}

function checkJoined(syntax: Extract<Syntax, { is: 'and' | 'or' }>, within: Within, depth: number): Outcome<Condition> {
  const operands: Condition[] = [];
  for (const written of syntax.operands) {
    const operand = checkCondition(written, within, depth + 1);
    if (operand.is === 'refused') return operand;
    operands.push(operand.value);
  }
  return accept({ is: syntax.is, operands, at: syntax.at });
}

function checkQuantified(
  syntax: Extract<Syntax, { is: 'quantified' }>,
  within: Within,
  depth: number,
): Outcome<Condition> {
  const { subject, quantifier, at } = syntax;
  if (within !== null) return compilationError(`-${quantifier} cannot stand within another -any or -all`, at.start);
  const attribute = checkAttribute(subject);
  if (attribute.is === 'refused') return attribute;
  const collection = attribute.value;
  if (collection.type === 'groups') return memberOfRefused(subject);
  if (collection.type !== 'strings' && collection.type !== 'plans') {
    return operatorNotSupported(`-${quantifier} needs a collection, and ${subject.text} is none`, at.start);
  }
  const condition = checkCondition(syntax.condition, collection, depth + 1);
  if (condition.is === 'refused') return condition;
  return accept({ is: 'quantified', collection, quantifier, condition: condition.value, at });
}

function checkComparison(syntax: Extract<Syntax, { is: 'comparison' }>, within: Within): Outcome<Condition> {
  const subject = checkSubject(syntax.subject, within);
  if (subject.is === 'refused') return subject;
  const operator = checkOperator(syntax.operator, syntax.subject, subject.value, syntax.value);
  if (operator.is === 'refused') return operator;
  const type = subject.value.is === 'attribute' ? subject.value.attribute.type : 'string';
  const value = checkValue(syntax.value, { operator: operator.value, type, name: syntax.subject.text });
  if (value.is === 'refused') return value;
  const { at } = syntax;
  return accept({ is: 'comparison', subject: subject.value, operator: operator.value, value: value.value, at });
}

function checkSubject(written: Written, within: Within): Outcome<Subject> {
  if (within === null) {
    const attribute = checkAttribute(written);
    return attribute.is === 'refused' ? attribute : accept({ is: 'attribute', attribute: attribute.value });
  }
  if (within.type === 'strings' && written.text === '_') return accept({ is: 'item' });
  const field = within.type === 'plans' ? planFields[written.text] : undefined;
  if (field !== undefined) return accept({ is: 'field', field });
  const welcome = within.type === 'strings' ? '_' : Object.keys(planFields).join(', ');
  const what = `within -any or -all of ${within.name}, "${written.text}" cannot be tested, only ${welcome}`;
  return attributeNotSupported(`${what}; put the condition in parentheses to end it`, written.at.start);
}

const planFields: Readonly<Record<string, PlanField | undefined>> = {
  'assignedPlan.capabilityStatus': 'capabilityStatus',
  'assignedPlan.service': 'service',
  'assignedPlan.servicePlanId': 'servicePlanId',
};

function checkAttribute(written: Written): Outcome<Attribute> {
  const attribute = userAttribute(written);
  return attribute === undefined ? attributeRefused(written) : accept(attribute);
}

function userAttribute({ text }: Written): Attribute | undefined {
  return text.startsWith('user.') ? attributeNamed(text.slice('user.'.length)) : undefined;
}

function attributeRefused({ text, at }: Written): Refused {
  if (/^device\./i.test(text)) {
    return attributeNotSupported(`"${text}" is a device's; only rules about users are evaluated`, at.start);
  }
  const [, prefix, name = text] = /^(user\.)?(.*)$/is.exec(text) ?? [];
  const meant = nameMeant(name);
  const hint = meant === undefined ? 'see the supported properties of users' : `write user.${meant}`;
  const why = prefix === undefined && meant !== undefined ? 'lacks the prefix "user."' : 'is not a supported property';
  return attributeNotSupported(`"${text}" ${why}; ${hint}`, at.start);
}

function checkOperator(written: Written, name: Written, subject: Subject, value: WrittenValue): Outcome<Operator> {
  const operator = operatorNamed(written.text);
  if (operator === undefined) {
    const isNull = written.text.toLowerCase() === 'not' && value.is === 'bare';
    const instead = isNull ? 'compare with null by -eq or -ne' : `use one of ${listed(operators)}`;
    return compilationError(`-${written.text} is not an operator; ${instead}`, written.at.start);
  }
  const type = subject.is === 'attribute' ? subject.attribute.type : 'string';
  if (type === 'groups') return memberOfRefused(name);
  const allowed = operatorsFor(type);
  if (allowed.includes(operator)) return accept(operator);
  const instead = allowed.length === 0 ? '-any, -all' : listed(allowed);
  return operatorNotSupported(`-${operator} cannot be used on ${name.text}; use ${instead}`, written.at.start);
}

function operatorNamed(text: string): Operator | undefined {
  const lower = text.toLowerCase();
  return operators.find((operator) => operator.toLowerCase() === lower);
}

function listed(names: readonly string[]): string {
  return names.map((name) => `-${name}`).join(', ');
}
