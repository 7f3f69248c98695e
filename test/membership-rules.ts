import fc from 'fast-check';
import type { UserFacts } from '../src/directory/membership-rule/facts.ts';
import { readPattern } from '../src/directory/membership-rule/pattern-grammar.ts';

/** Texts that are near to each other: case, folding, escapes, wildcards and nothing at all. */
const words = [
  '',
  'a',
  'ab',
  'xab',
  'abx',
  'AB',
  'Abba',
  'b a',
  'straße',
  'STRASSE',
  'STRAẞE',
  'İ',
  'i',
  'ı',
  'ΟΔΟΣ',
  'οδος',
  'οδοσ',
  'K\u212A',
  'kk',
  "O'Brien",
  "o''brien",
  'say "hi"',
  'tick`',
  '`"',
  '100%',
  'a_b',
  'back\\slash',
  'line\nfeed',
  'a1-b2',
  'null',
  'true',
  '😀 Smile',
  'é',
  'e\u0301',
];

const groups = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const instants = [
  '2026-02-28T12:00:00Z',
  '2026-03-01T12:00:00Z',
  '2026-03-02T12:00:00Z',
  '2026-03-02T12:00:00.000001Z',
];

const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }).filter(isStorable) },
);

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

const textNames = [
  'city',
  'department',
  'jobTitle',
  'mobile',
  'mailNickName',
  'physicalDeliveryOfficeName',
  'extensionAttribute3',
  'extension_c272a57b722d4eb29bfe327874ae79cb_Office',
];

const maybeText = fc.option(anyText, { freq: 4 });

const plan = fc.record({
  capabilityStatus: fc.constantFrom('Enabled', 'Deleted', null),
  service: fc.constantFrom('SCO', 'exchange', null),
  servicePlanId: fc.constantFrom(...groups, null),
});

/** A user with values from the same small stock as the rules'. */
export const anyUser: fc.Arbitrary<UserFacts> = fc.record({
  id: fc.constantFrom(...groups),
  accountEnabled: fc.constantFrom(true, false, null),
  onPremisesSyncEnabled: fc.constantFrom(true, false, null),
  employeeHireDate: fc.option(fc.constantFrom(...instants).map((text) => Temporal.Instant.from(text))),
  managerId: fc.option(fc.constantFrom(...groups)),
  otherMails: fc.array(anyText, { maxLength: 3 }),
  proxyAddresses: fc.array(anyText, { maxLength: 3 }),
  assignedPlans: fc.array(plan, { maxLength: 3 }),
  memberOfGroupIds: fc.subarray(groups),
  city: maybeText,
  department: maybeText,
  jobTitle: maybeText,
  mobilePhone: maybeText,
  mailNickname: maybeText,
  officeLocation: maybeText,
  extensions: fc.record({
    extensionAttribute3: maybeText,
    extension_c272a57b722d4eb29bfe327874ae79cb_Office: maybeText,
  }),
});

/** In quotes, in either documented way. */
function quoted(text: string): string {
  const doubled = text.replaceAll("'", "''");
  return text.includes('`') ? `'${doubled}'` : `"${doubled.replaceAll('"', '`"')}"`;
}

const patternAtom = fc.oneof(
  fc.constantFrom('.', '\\d', '\\w', '\\S', '\\W', '[a-m]', '[^A-C]', '[A-Z]', '[\\w-]', '[^\\s]', '\\.', '\\u212a'),
  fc.constantFrom('a', 'B', 'İ', 'ß', 'ẞ', 'Σ', 'ς', '[Α-Ω]', '😀', '-', '%', '_', ' '),
);

const { pattern } = fc.letrec<{ pattern: string; item: string }>((tie) => ({
  pattern: fc.oneof(
    fc.array(tie('item'), { minLength: 1, maxLength: 4 }).map((items) => items.join('')),
    fc.tuple(tie('item'), tie('item')).map(([one, other]) => `${one}|${other}`),
  ),
  item: fc.oneof(
    { maxDepth: 3 },
    patternAtom,
    fc
      .tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{2,}', '{0,2}', '*?', '+?'))
      .map(([inner, times]) => `(${inner})${times}`),
  ),
}));

const edge = fc.constantFrom('^', '$', '\\b', '\\B', '');

const edgedPattern = fc.tuple(edge, pattern, edge).map(([before, inner, behind]) => `${before}(${inner})${behind}`);

/** Random repetitions of repetitions soon pass the bound on a pattern's size. */
const affordable = fc.oneof(pattern, edgedPattern).filter((text) => readPattern(text, 0).is === 'accepted');

function comparisonOf(subject: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const value = anyText.map(quoted);
  const relation = fc.constantFrom('eq', 'ne', 'startsWith', 'notStartsWith', 'endsWith', 'notEndsWith');
  const within = fc.constantFrom('contains', 'notContains');
  const list = fc.array(value, { minLength: 1, maxLength: 4 }).map((values) => `[${values.join(',')}]`);
  return fc
    .oneof(
      fc.tuple(subject, fc.oneof(relation, within), value),
      fc.tuple(subject, fc.constantFrom('match', 'notMatch'), affordable.map(quoted)),
      fc.tuple(subject, fc.constantFrom('in', 'notIn'), list),
      fc.tuple(subject, fc.constantFrom('eq', 'ne'), fc.constant('null')),
    )
    .map(([left, operator, right]) => `${left} -${operator} ${right}`);
}

function joined(leaf: fc.Arbitrary<string>, maxDepth: number): fc.Arbitrary<string> {
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth },
      leaf,
      fc.tuple(tie('node'), fc.constantFrom('-and', 'or', '-OR'), tie('node')).map((parts) => parts.join(' ')),
      tie('node').map((inner) => `(${inner})`),
      tie('node').map((inner) => `-not (${inner})`),
    ),
  }));
  return node;
}

const quantifier = fc.constantFrom('-any', 'all', '-ALL', '-any');

const quantified = fc
  .oneof(
    fc.tuple(
      fc.constantFrom('user.otherMails', 'user.proxyAddresses'),
      quantifier,
      joined(comparisonOf(fc.constant('_')), 2).map((inner) => `(${inner})`),
    ),
    fc.tuple(
      fc.constant('user.assignedPlans'),
      quantifier,
      joined(
        fc
          .tuple(
            fc.constantFrom('capabilityStatus', 'service', 'servicePlanId'),
            fc.constantFrom('-eq', '-ne'),
            fc.constantFrom('"enabled"', '"sco"', `"${groups[0]}"`, 'null'),
          )
          .map(([field, operator, value]) => `assignedPlan.${field} ${operator} ${value}`),
        2,
      ).map((inner) => `(${inner})`),
    ),
  )
  .map((parts) => parts.join(' '));

const others = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('user.accountEnabled', 'user.dirSyncEnabled'),
      fc.constantFrom('-eq', '-ne'),
      fc.constantFrom('true', 'False', 'null'),
    )
    .map((parts) => parts.join(' ')),
  fc
    .tuple(fc.constantFrom('-le', '-ge'), fc.constantFrom(...instants, 'system.now', 'system.now -plus p1d'))
    .map(([operator, value]) => `user.employeeHireDate ${operator} ${value}`),
  fc
    .tuple(fc.constantFrom('-eq', '-ne'), fc.constantFrom(...instants, 'null'))
    .map(([operator, value]) => `user.employeeHireDate ${operator} ${value}`),
  comparisonOf(fc.constantFrom('user.otherMails', 'user.proxyAddresses', 'user.objectId')),
);

/** A rule that must be accepted. */
export const anyRule: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 20,
    arbitrary: joined(
      fc.oneof(comparisonOf(fc.constantFrom(...textNames.map((name) => `user.${name}`))), quantified, others),
      4,
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...groups).map((id) => `Direct Reports for "${id}"`) },
  {
    weight: 1,
    arbitrary: fc
      .subarray(groups, { minLength: 1 })
      .map((ids) => `user.memberOf -any (group.objectId -in [${ids.map((id) => `'${id}'`).join(', ')}])`),
  },
);

/** Pieces of rules, to be put together in any order. */
export const fragments: readonly string[] = [
  'user.city',
  'user.otherMails',
  'user.assignedPlans',
  'user.memberOf',
  'user.employeeHireDate',
  'assignedPlan.service',
  'group.objectId',
  '_',
  '-eq',
  '-in',
  '-match',
  '-le',
  '-any',
  '-all',
  '-and',
  '-or',
  '-not',
  '(',
  ')',
  '[',
  ']',
  ',',
  '"a"',
  "'a'",
  '`"a`"',
  '"(a+)+$"',
  'null',
  'true',
  'system.now',
  '-plus',
  'p1d',
  '2020-06-10T18:13:20Z',
  'Direct',
  'Reports',
  'for',
];
