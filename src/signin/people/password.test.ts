import { describe, expect, it, test } from 'vitest';
import { decidePassword, hashPassword, matchesPassword, nobodysHash } from './password.ts';

const user = { id: 'u', userPrincipalName: 'riley.jones@contoso.example', displayName: 'Riley Jones' };

describe('a password', () => {
  test.each([
    'correct horse battery staple',
    'vier Türen und ein Schlüssel',
    'kZ9!wq2#Lm5x',
    'パスワードではない長い言葉',
    'rileyjones hat sieben Hunde',
    `${'a'.repeat(200)}bcdef2468ghi`,
  ])('%j may be one', (password) => {
    expect(decidePassword(password, user).is).toBe('accepted');
  });

  test.each([
    ['', 'PasswordTooShort'],
    ['kZ9!wq2#Lm5', 'PasswordTooShort'],
    ['x'.repeat(257), 'PasswordTooLong'],
    ['riley.jones@contoso.example', 'PasswordTooWeak'],
    ['Riley Jones 2030', 'PasswordTooWeak'],
    ['RILEY.JONES@CONTOSO', 'PasswordTooWeak'],
    ['contoso.example1', 'PasswordTooWeak'],
    ['password1234', 'PasswordTooWeak'],
    ['Passwort!Passwort!', 'PasswordTooWeak'],
    ['Sallyport2030!', 'PasswordTooWeak'],
    ['aaaaaaaaaaaaaa', 'PasswordTooWeak'],
    ['abababababab', 'PasswordTooWeak'],
    ['abcdefghijklm', 'PasswordTooWeak'],
    ['123456789012', 'PasswordTooWeak'],
  ])('%j is refused as %s', (password, code) => {
    expect(decidePassword(password, user)).toMatchObject({ is: 'refused', refusal: { code, target: 'password' } });
  });

  it('is kept as a salted hash, and found again', async () => {
    const [one, other] = await Promise.all([hashPassword('kZ9!wq2#Lm5x'), hashPassword('kZ9!wq2#Lm5x')]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=47104,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(await matchesPassword('kZ9!wq2#Lm5x', one)).toBe(true);
    expect(await matchesPassword('kZ9!wq2#Lm5X', one)).toBe(false);
  });

  it('is the same however its letters are put together', async () => {
    expect(await matchesPassword('Schlu\u0308ssel', await hashPassword('Schl\u00fcssel'))).toBe(true);
  });

  it('of nobody is looked at with the same work, and never right', async () => {
    const parameters = (hash: string) => hash.split('$').slice(1, 4);
    expect(parameters(nobodysHash)).toEqual(parameters(await hashPassword('kZ9!wq2#Lm5x')));
    expect(await matchesPassword('kZ9!wq2#Lm5x', null)).toBe(false);
  });

  it('that was hashed with other parameters is still known', async () => {
    // Of argon2's reference: m=256, t=2, p=1, password "password", salt "somesalt".
    const known = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await matchesPassword('password', known)).toBe(true);
  });
});
