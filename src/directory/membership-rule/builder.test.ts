import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRule, anyUser } from '../../../test/membership-rules.ts';
import type { Explained } from './explain.ts';
import {
  builderProperties,
  explainRule,
  expressionsOf,
  type MembershipRule,
  matches,
  parseMembershipRule,
  printRule,
  ruleOfExpressions,
} from './index.ts';

const now = Temporal.Instant.from('2026-03-01T12:00:00Z');

function read(text: string): MembershipRule {
  const outcome = parseMembershipRule(text);
  if (outcome.is === 'refused') throw new Error(`${text}: ${outcome.refusal.message}`);
  return outcome.value;
}

const nobody = {
  id: '1',
  accountEnabled: true,
  managerId: null,
  otherMails: [],
  proxyAddresses: [],
  assignedPlans: [],
  memberOfGroupIds: [],
};

describe('the lines of a rule builder', () => {
  it.each([
    [
      'user.jobTitle -eq "IT Administrator"',
      [{ connector: null, property: 'user.jobTitle', operator: '-eq', values: ['IT Administrator'] }],
    ],
    [
      'user.city -eq "a" -and user.accountEnabled -eq true -or user.mail -ne null',
      [
        { connector: null, property: 'user.city', operator: '-eq', values: ['a'] },
        { connector: 'and', property: 'user.accountEnabled', operator: '-eq', values: ['true'] },
        { connector: 'or', property: 'user.mail', operator: '-ne', values: [] },
      ],
    ],
    [
      `user.department -in ["a","O''B"] -or user.employeeHireDate -le system.now -plus p1d`,
      [
        { connector: null, property: 'user.department', operator: '-in', values: ['a', "O'B"] },
        { connector: 'or', property: 'user.employeeHireDate', operator: '-le', values: ['system.now -plus PT24H'] },
      ],
    ],
    ['-not (user.city -eq "a")', null],
    ['user.city -eq "a" -and (user.city -eq "b" -or user.city -eq "c")', null],
    ['user.otherMails -any (_ -eq "a")', null],
    ['Direct Reports for "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"', null],
    [Array.from({ length: 6 }, (_, index) => `user.city -eq "${index}"`).join(' -or '), null],
  ])('of %s', (text, lines) => {
    expect(expressionsOf(read(text))).toEqual(lines);
  });

  it('make the same rule again', () => {
    let built = 0;
    fc.assert(
      fc.property(anyRule, (text) => {
        const rule = read(text);
        const lines = expressionsOf(rule);
        if (lines === null) return;
        built += 1;
        const again = ruleOfExpressions(lines);
        expect(again.is === 'accepted' && printRule(again.value)).toBe(printRule(rule));
      }),
      { seed: 20260302, numRuns: 2_000 },
    );
    expect(built).toBeGreaterThan(200);
  });

  it.each([
    [{ property: 'user.nothing', operator: '-eq', values: ['a'] }, 'MembershipRuleAttributeNotSupported'],
    [{ property: 'user.city', operator: '-le', values: ['a'] }, 'MembershipRuleOperatorNotSupported'],
    [{ property: 'user.city', operator: '-match', values: ['('] }, 'MembershipRuleSyntaxError'],
    [
      { property: 'user.accountEnabled', operator: '-eq', values: ['true -or user.city -eq "a"'] },
      'MembershipRuleSyntaxError',
    ],
  ])('are refused like the rule: %j', (line, code) => {
    expect(ruleOfExpressions([{ connector: null, ...line }])).toMatchObject({ refusal: { code } });
  });

  it('take every operator that is offered for a property', () => {
    for (const { property, type, operators } of builderProperties()) {
      for (const operator of operators.filter((one) => one !== '-any' && one !== '-all')) {
        const values = [type === 'boolean' ? 'true' : type === 'dateTime' ? '2026-01-01T00:00:00Z' : 'a'];
        const built = ruleOfExpressions([{ connector: null, property, operator, values }]);
        expect([property, operator, built.is]).toEqual([property, operator, 'accepted']);
      }
    }
  });
});

describe('where a text is no rule', () => {
  it.each([
    ['user.city -eq', 13],
    ['user.nothing -eq "a"', 0],
    ['user.city -le "a"', 10],
    ['user.city -match "("', 17],
  ])('%s at %d', (text, position) => {
    expect(parseMembershipRule(text)).toMatchObject({ refusal: { position, target: 'membershipRule' } });
  });
});

describe('why a rule holds', () => {
  const rule = 'user.city -eq "Oslo" -and -not (user.otherMails -contains "x" -or user.accountEnabled -eq false)';
  const facts = { ...nobody, city: 'Oslo', otherMails: ['axb'] };

  it('says so of every part, with what was looked at', () => {
    expect(explainRule(read(rule), facts, now)).toEqual({
      expression: 'user.city -eq "Oslo" -and -not (user.otherMails -contains "x" -or user.accountEnabled -eq false)',
      expressionResult: false,
      propertyToEvaluate: null,
      expressionEvaluationDetails: [
        leaf('user.city -eq "Oslo"', true, 'city', 'Oslo'),
        {
          expression: '-not (user.otherMails -contains "x" -or user.accountEnabled -eq false)',
          expressionResult: false,
          propertyToEvaluate: null,
          expressionEvaluationDetails: [
            {
              expression: 'user.otherMails -contains "x" -or user.accountEnabled -eq false',
              expressionResult: true,
              propertyToEvaluate: null,
              expressionEvaluationDetails: [
                leaf('user.otherMails -contains "x"', true, 'otherMails', '["axb"]'),
                leaf('user.accountEnabled -eq false', false, 'accountEnabled', 'true'),
              ],
            },
          ],
        },
      ],
    });
  });

  it('shows of memberships those alone that the rule asks of', () => {
    const [asked, other] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    const explained = explainRule(
      read(`user.memberOf -any (group.objectId -in ['${asked}'])`),
      { ...nobody, memberOfGroupIds: [asked, other] },
      now,
    );
    expect(explained.propertyToEvaluate).toEqual({ propertyName: 'memberOf', propertyValue: `["${asked}"]` });
  });

  it('agrees with the rule, for any rule and user, and its parts make the whole', () => {
    fc.assert(
      fc.property(anyRule, anyUser, (text, user) => {
        const explained = explainRule(read(text), user, now);
        expect(explained.expressionResult).toBe(matches(read(text), user, now));
        agrees(explained);
      }),
      { seed: 20260303, numRuns: 2_000 },
    );
  });
});

function leaf(expression: string, expressionResult: boolean, propertyName: string, propertyValue: string): Explained {
  const propertyToEvaluate = { propertyName, propertyValue };
  return { expression, expressionResult, propertyToEvaluate, expressionEvaluationDetails: [] };
}

/** What stands above parts is true of one of them, of all, or of the opposite of the only one. */
function agrees({ expression, expressionResult, expressionEvaluationDetails: parts }: Explained): void {
  if (parts.length === 0) return;
  const results = parts.map((part) => part.expressionResult);
  const isEither = parts.length === 1 || [results.every(Boolean), results.some(Boolean)].includes(expressionResult);
  expect([expression, isEither]).toEqual([expression, true]);
  if (parts.length === 1) expect(results[0]).toBe(!expressionResult);
  for (const part of parts) agrees(part);
}
