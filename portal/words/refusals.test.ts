import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { inOneLine, loadRefusalWords, refusalWords, speakRefusals } from './refusals.ts';

/** Every code that the API answers with, by the reference, which a test holds to the code. */
const reference = readFileSync(join(import.meta.dirname, '../../docs/reference/refusals.md'), 'utf8');
const codes = [...reference.matchAll(/^\| `(\w+)` \|/gm)].map(([, code = '']) => code);

/** Codes that the pages of signing in say in words of their own. */
const ofSigningIn = /^(SignIn|Passkey|Password|AuthenticatorCode|LastAuthenticationMethod|TooManySignIn)/;

/** Codes that nobody meets in the portal: it never sends what they refuse. */
const ofClients = [
  'AccountDisabled',
  'ClockCommandInvalid',
  'CredentialLifetimeNotValid',
  'CredentialLimitReached',
  'CrossSiteRequestNotAllowed',
  'FailedDependency',
  'HostNotAllowed',
  'InternalServerError',
  'MethodNotAllowed',
  'NotSignedIn',
  'OriginNotAllowed',
  'PermissionUnknown',
  'RequestNotAwaitingCallback',
  'RequestTypeNotSupported',
  'Request_UnsupportedQuery',
  'RoleTemplateTaken',
  'TenantAlreadyInitialised',
  'TooManyStreams',
  'UserNotFound',
];

const met = codes.filter((code) => !ofSigningIn.test(code) && !ofClients.includes(code));

afterEach(() => speakRefusals({}));

describe.each(['en', 'de'] as const)('refusals in %s', (language) => {
  test('are said in words, each that a person can meet, and no other', async () => {
    const words = await loadRefusalWords(language);
    expect(met.length).toBeGreaterThan(100);
    expect(met.filter((code) => !(code in words))).toEqual([]);
    expect(Object.keys(words).filter((code) => !codes.includes(code))).toEqual([]);
  });

  test('speak to people: no names of properties, paths or headers', async () => {
    const words = await loadRefusalWords(language);
    expect(Object.values(words).filter((text) => /`|\$|\/v1\.0|@odata|[a-z]\.$^/.test(text))).toEqual([]);
  });
});

test('a language has words of its own', async () => {
  const [en, de] = [await loadRefusalWords('en'), await loadRefusalWords('de')];
  expect(Object.keys(de).filter((code) => de[code] === en[code])).toEqual([]);
});

test('a field says what a code means, and what the server said of the case at hand', async () => {
  const refusal = { code: 'JustificationRequired', message: 'Say why.' };
  expect(inOneLine(refusal)).toBe('Say why.');
  speakRefusals({ JustificationRequired: 'Eine Begründung wird verlangt.' });
  expect(refusalWords('JustificationRequired')).toBe('Eine Begründung wird verlangt.');
  expect(inOneLine(refusal)).toBe('Eine Begründung wird verlangt. (Say why.)');
  expect(inOneLine({ code: 'Unheard', message: 'As the server says.' })).toBe('As the server says.');
});
