import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newTotpSecret, stepOfCode, totpAddress } from './totp.ts';

describe('a one-time code', () => {
  const secret = newTotpSecret();
  const now = Temporal.Instant.from('2030-01-01T08:00:10Z');
  const step = Math.floor(now.epochMilliseconds / 30_000);
  const codeOf = (at: number) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: at * 30_000 });

  it('is taken half a minute early or late', () => {
    for (const near of [step - 1, step, step + 1]) expect(stepOfCode(codeOf(near), secret, null, now)).toBe(near);
  });

  it('is not taken before or after that', () => {
    for (const far of [step - 2, step + 2]) {
      const isSameByChance = [step - 1, step, step + 1].some((near) => codeOf(near) === codeOf(far));
      expect(stepOfCode(codeOf(far), secret, null, now) !== null).toBe(isSameByChance);
    }
  });

  it('is not taken again, nor one before it', () => {
    expect(stepOfCode(codeOf(step), secret, step - 1, now)).toBe(step);
    expect(stepOfCode(codeOf(step), secret, step, now)).toBeNull();
    expect(stepOfCode(codeOf(step - 1), secret, step, now)).toBeNull();
  });

  it.each(['', '12345', '1234567', 'abcdef', ' 12345', '１２３４５６', '000000\n'])('is not %j', (code) => {
    expect(stepOfCode(code, secret, null, now)).toBeNull();
  });

  it('has a secret of its own, which an app reads from an address', () => {
    expect(newTotpSecret()).not.toBe(secret);
    const address = new URL(totpAddress(secret, 'riley@contoso.example'));
    expect(address.protocol).toBe('otpauth:');
    expect(address.searchParams.get('secret')).toBe(secret);
    expect(decodeURIComponent(address.pathname)).toContain('Sallyport:riley@contoso.example');
  });
});
