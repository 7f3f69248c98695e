import { describe, expect, it, test } from 'vitest';
import { type Awaited, amrOf, awaited, isComplete, type Methods, type Proof, secondFactors } from './model.ts';

const passkey = {
  id: 'k',
  displayName: 'Key',
  isSynced: false,
  addedAt: Temporal.Instant.from('2030-01-01T08:00:00Z'),
  usedAt: null,
};
const none: Methods = { hasPassword: false, hasTotp: false, passkeys: [], recoveryCodes: 0 };
const everyMethods = [false, true].flatMap((hasPassword) =>
  [false, true].flatMap((hasTotp) =>
    [[], [passkey]].map((passkeys): Methods => ({ ...none, hasPassword, hasTotp, passkeys })),
  ),
);
const everyProofs: readonly Proof[][] = [
  [],
  ['password'],
  ['password', 'totp'],
  ['password', 'recoveryCode'],
  ['password', 'passkey'],
  ['passkey'],
  ['link'],
  ['session'],
  ['session', 'totp'],
  ['session', 'recoveryCode'],
  ['session', 'passkey'],
];

describe('a sign-in', () => {
  const waits = (proofs: readonly Proof[], methods: Methods) => awaited({ userId: 'u', proofs }, methods);

  it.each(everyProofs.map((proofs) => [proofs.join('+') || 'nothing', proofs] as const))(
    'with %s is over with two factors, with a passkey, or with a link where methods are registered',
    (_, proofs) => {
      const isTwo = proofs.some((proof) => ['totp', 'recoveryCode'].includes(proof));
      const isOver = (methods: Methods) =>
        proofs.includes('passkey') || isTwo || (proofs.includes('link') && isComplete(methods));
      expect(everyMethods.filter((methods) => waits(proofs, methods) === 'nothing')).toEqual(
        everyMethods.filter(isOver),
      );
    },
  );

  it('enrols nothing on a password or a session alone', () => {
    for (const methods of everyMethods) {
      for (const proofs of everyProofs.filter((one) => !one.includes('link'))) {
        expect(waits(proofs, methods), `${proofs}`).not.toBe('enrolment');
      }
    }
  });

  test.each<[readonly Proof[], Partial<Methods>, Awaited]>([
    [[], {}, 'firstFactor'],
    [['password'], { hasPassword: true, hasTotp: true }, 'secondFactor'],
    [['password'], { hasPassword: true, passkeys: [passkey] }, 'secondFactor'],
    [['password'], { hasPassword: true }, 'link'],
    [['session'], { passkeys: [passkey] }, 'secondFactor'],
    [['session'], {}, 'link'],
    [['link'], {}, 'enrolment'],
    [['link'], { hasPassword: true }, 'enrolment'],
    [['link'], { hasTotp: true }, 'enrolment'],
    [['link'], { hasPassword: true, hasTotp: true }, 'nothing'],
    [['link'], { passkeys: [passkey] }, 'nothing'],
  ])('with %j and %j waits for %s', (proofs, methods, wanted) => {
    expect(waits(proofs, { ...none, ...methods })).toBe(wanted);
  });

  it('may be completed with what the person has', () => {
    expect(secondFactors(none)).toEqual([]);
    expect(secondFactors({ ...none, hasTotp: true, recoveryCodes: 3, passkeys: [passkey] })).toEqual([
      'passkey',
      'totp',
      'recoveryCode',
    ]);
  });
});

describe('the methods that a token names', () => {
  test.each<[readonly Proof[], readonly string[], readonly string[]]>([
    [['password', 'totp'], [], ['pwd', 'otp', 'mfa']],
    [['password', 'recoveryCode'], [], ['pwd', 'otp', 'mfa']],
    [['passkey'], [], ['fido', 'mfa']],
    [['link'], [], ['otp', 'mfa']],
    [
      ['session', 'totp'],
      ['pwd', 'otp', 'mfa'],
      ['pwd', 'otp', 'mfa'],
    ],
    [
      ['session', 'passkey'],
      ['pwd', 'otp', 'mfa'],
      ['pwd', 'otp', 'fido', 'mfa'],
    ],
    [
      ['password', 'totp'],
      ['fido', 'mfa'],
      ['pwd', 'otp', 'mfa'],
    ],
  ])('after %j, of a sign-in with %j, are %j', (proofs, before, wanted) => {
    expect(amrOf(proofs, before)).toEqual(wanted);
  });
});
