import { isId } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { parseDuration, parseInstant } from '../../kernel/time.ts';
import type { AttributeType } from './attributes.ts';
import type { WrittenValue } from './grammar.ts';
import type { Operator } from './operators.ts';
import { readPattern } from './pattern-grammar.ts';
import { compilationError } from './refusals.ts';
import type { Value } from './rule.ts';

interface Expected {
  readonly operator: Operator;
  readonly type: AttributeType;
  /** The property as the rule names it, for messages. */
  readonly name: string;
}

const mostGroups = 50;

/** Checks that the value fits the property's type and the operator, and reads it. */
export function checkValue(written: WrittenValue, expected: Expected): Outcome<Value> {
  const { operator, name } = expected;
  const { start } = written.at;
  const isList = operator === 'in' || operator === 'notIn';
  if (isList !== (written.is === 'list')) {
    const what = isList ? `-${operator} takes a list such as ["a","b"]` : `-${operator} takes one value, not a list`;
    return compilationError(what, start);
  }
  if (written.is === 'bare' && written.text.toLowerCase() === 'null') {
    if (operator === 'eq' || operator === 'ne') return accept({ is: 'null' });
    return compilationError(`null is only for -eq and -ne, not for -${operator} on ${name}`, start);
  }
  if (expected.type === 'boolean') return booleanIn(written, name);
  if (expected.type === 'dateTime') return instantIn(written, expected);
  return textIn(written, expected);
}

/** The manager's id of a Direct Reports rule, in lower case. */
export function managerIdIn(written: WrittenValue): Outcome<string> {
  if (written.is === 'quoted' && isId(written.text)) return accept(written.text.toLowerCase());
  return compilationError("Direct Reports takes the manager's object id in quotes", written.at.start);
}

/** The groups of a memberOf rule, in lower case: at most 50, as Entra has it. */
export function groupIdsIn(written: WrittenValue): Outcome<readonly string[]> {
  const { start } = written.at;
  if (written.is !== 'list') return compilationError("-in takes a list such as ['<id>']", start);
  if (written.items.length > mostGroups) return compilationError(`memberOf takes at most ${mostGroups} groups`, start);
  const ids: string[] = [];
  for (const item of written.items) {
    if (item.is !== 'quoted' || !isId(item.text)) {
      return compilationError('memberOf takes object ids of groups in quotes', item.at.start);
    }
    ids.push(item.text.toLowerCase());
  }
  return accept(ids);
}

function booleanIn(written: WrittenValue, name: string): Outcome<Value> {
  const text = written.is === 'bare' || written.is === 'quoted' ? written.text.toLowerCase() : '';
  if (text === 'true' || text === 'false') return accept({ is: 'boolean', boolean: text === 'true' });
  return compilationError(`${name} is compared with true or false`, written.at.start);
}

function instantIn(written: WrittenValue, { operator, name }: Expected): Outcome<Value> {
  const { start } = written.at;
  if (written.is === 'now') {
    if (operator !== 'le' && operator !== 'ge') return compilationError('system.now is only for -le and -ge', start);
    if (written.plus === null) return accept({ is: 'now', plus: null });
    const plus = parseDuration(written.plus.text);
    if (plus !== null) return accept({ is: 'now', plus });
    const what = `"${written.plus.text}" is not a duration of days, hours, minutes and seconds such as p1d`;
    return compilationError(what, written.plus.at.start);
  }
  const text = written.is === 'list' ? '' : written.text;
  // Years of four digits only, which both the database and .NET's DateTimeOffset can hold.
  const instant = /^\d{4}-[0-9T:.,Z+-]+$/i.test(text) && !text.startsWith('0000') ? parseInstant(text) : null;
  if (instant !== null) return accept({ is: 'instant', instant });
  return compilationError(`${name} is compared with a time and its offset, such as 2020-06-10T18:13:20Z`, start);
}

function textIn(written: WrittenValue, { operator, name }: Expected): Outcome<Value> {
  if (written.is === 'list') return listIn(written.items, name);
  if (written.is !== 'quoted') return notQuoted(written, name);
  if (operator !== 'match' && operator !== 'notMatch') return accept({ is: 'text', text: written.text });
  const pattern = readPattern(written.text, written.at.start);
  if (pattern.is === 'refused') return pattern;
  return accept({ is: 'pattern', text: written.text, pattern: pattern.value });
}

function listIn(items: readonly WrittenValue[], name: string): Outcome<Value> {
  const texts: string[] = [];
  for (const item of items) {
    if (item.is !== 'quoted') return notQuoted(item, name);
    texts.push(item.text);
  }
  return accept({ is: 'list', texts });
}

function notQuoted(written: WrittenValue, name: string): Outcome<never> {
  const what = `${name} is compared with text, which stands in double quotes: "…"`;
  return compilationError(what, written.at.start);
}
