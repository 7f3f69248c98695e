import { describe, expect, test } from 'vitest';
import { awaitsApproval, demandAll, evaluate, isFresh, type RequestFacts, type Requirements } from './index.ts';

const nothing: Requirements = {
  eligibility: false,
  expiration: false,
  maximumDuration: null,
  mfa: false,
  justification: false,
  ticket: false,
  authenticationContext: null,
  approval: false,
};
const poor: RequestFacts = {
  isEligible: false,
  duration: null,
  hasMfa: false,
  justification: null,
  ticketNumber: null,
  meetsContext: () => false,
  isApproved: false,
};
const hours = (count: number) => Temporal.Duration.from({ hours: count });

describe('one requirement', () => {
  test.each<[string, Partial<Requirements>, Partial<RequestFacts>, string[]]>([
    ['nothing asked, nothing listed', {}, {}, []],
    ['not eligible', { eligibility: true }, {}, ['eligibility unmet']],
    ['eligible', { eligibility: true }, { isEligible: true }, ['eligibility satisfied']],
    ['no end where one is required', { expiration: true }, {}, ['expiration unmet']],
    ['some end where one is required', { expiration: true }, { duration: hours(900) }, ['expiration satisfied']],
    ['no end where none is required', { maximumDuration: hours(8) }, {}, ['expiration satisfied']],
    ['the longest', { maximumDuration: hours(8) }, { duration: hours(8) }, ['expiration satisfied']],
    [
      'a moment too long',
      { maximumDuration: hours(8) },
      { duration: Temporal.Duration.from('PT8H0.000001S') },
      ['expiration unmet'],
    ],
    ['no MFA', { mfa: true }, {}, ['mfa unmet']],
    ['MFA', { mfa: true }, { hasMfa: true }, ['mfa satisfied']],
    ['blank justification', { justification: true }, { justification: ' \n' }, ['justification unmet']],
    ['justification', { justification: true }, { justification: 'INC-1' }, ['justification satisfied']],
    ['no ticket', { ticket: true }, { ticketNumber: '' }, ['ticket unmet']],
    ['ticket', { ticket: true }, { ticketNumber: '7' }, ['ticket satisfied']],
    ['context missing', { authenticationContext: 'c1' }, {}, ['authenticationContext unmet']],
    [
      'the right context',
      { authenticationContext: 'c1' },
      { meetsContext: (claim) => claim === 'c1' },
      ['authenticationContext satisfied'],
    ],
    ['approval to come', { approval: true }, {}, ['approval unmet']],
    ['approved', { approval: true }, { isApproved: true }, ['approval satisfied']],
  ])('%s', (_, requirements, facts, expected) => {
    const results = evaluate({ ...nothing, ...requirements }, { ...poor, ...facts });
    expect(results.map(({ kind, is }) => `${kind} ${is}`)).toEqual(expected);
  });

  test('an evaluation that fails counts as unmet', () => {
    const failing = () => {
      throw new Error('broken');
    };
    expect(evaluate({ ...nothing, authenticationContext: 'c1' }, { ...poor, meetsContext: failing })).toEqual([
      { kind: 'authenticationContext', is: 'unmet', claimValue: 'c1' },
    ]);
  });
});

describe('in Entra’s words', () => {
  const all: Requirements = {
    eligibility: true,
    expiration: true,
    maximumDuration: hours(8),
    mfa: true,
    justification: true,
    ticket: true,
    authenticationContext: 'c1',
    approval: true,
  };

  test('every failed rule is named', () => {
    expect(demandAll(evaluate(all, poor))).toMatchObject({
      is: 'refused',
      refusal: {
        kind: 'invalid',
        code: 'RoleAssignmentRequestPolicyValidationFailed',
        message:
          'The following policy rules failed: ' +
          '["EligibilityRule","ExpirationRule","MfaRule","JustificationRule","TicketingRule"]',
      },
    });
  });

  test('an authentication context has a code of its own', () => {
    expect(demandAll(evaluate({ ...nothing, authenticationContext: 'c1' }, poor))).toMatchObject({
      refusal: { code: 'RoleAssignmentRequestAcrsValidationFailed' },
    });
  });

  test('§5.12 pain 37: a missing context is a claims challenge, which clients find in the message', () => {
    const outcome = demandAll(evaluate({ ...nothing, authenticationContext: 'c7' }, poor));
    const { message, claims } = outcome.is === 'refused' ? outcome.refusal : { message: '', claims: '' };
    const found = decodeURIComponent(/claims=([^"]+)/.exec(message)?.[1] ?? '');
    expect(found).toBe(claims);
    expect(JSON.parse(found)).toEqual({ access_token: { acrs: { essential: true, value: 'c7' } } });
  });

  test('missing MFA is a claims challenge, together with a missing context', () => {
    const claimsOf = (rules: Partial<Requirements>) => {
      const outcome = demandAll(evaluate({ ...nothing, ...rules }, poor));
      return outcome.is === 'refused' ? JSON.parse(outcome.refusal.claims ?? 'null') : undefined;
    };
    const amr = { essential: true, values: ['mfa'] };
    expect(claimsOf({ mfa: true })).toEqual({ access_token: { amr } });
    const acrs = { essential: true, value: 'c1' };
    expect(claimsOf({ mfa: true, ticket: true, authenticationContext: 'c1' })).toEqual({ access_token: { amr, acrs } });
    expect(claimsOf({ ticket: true, authenticationContext: 'c1' })).toBeNull();
  });

  test('MFA counts until it is too old, where that is settled', () => {
    const [proven, quarter] = [Temporal.Instant.from('2030-01-01T08:00:00Z'), Temporal.Duration.from('PT15M')];
    const at = (text: string) => Temporal.Instant.from(`2030-01-01T${text}Z`);
    expect(isFresh(proven, quarter, at('08:14:59.999999'))).toBe(true);
    expect(isFresh(proven, quarter, at('08:15:00'))).toBe(false);
    expect(isFresh(proven, null, at('23:00:00'))).toBe(true);
    expect(isFresh(null, null, at('08:00:00'))).toBe(false);
  });

  test('a missing approval refuses nothing, it is waited for', () => {
    const results = evaluate({ ...nothing, approval: true }, poor);
    expect(demandAll(results).is).toBe('accepted');
    expect(awaitsApproval(results)).toBe(true);
    expect(awaitsApproval(evaluate({ ...nothing, approval: true }, { ...poor, isApproved: true }))).toBe(false);
  });
});
