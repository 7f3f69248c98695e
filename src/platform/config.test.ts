import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test.each([
  [{ SALLYPORT_SMTP: 'smtps://user:secret@mail.example:465' }, 'SALLYPORT_MAIL_FROM must be an address'],
  [{ SALLYPORT_SMTP: 'http://user:secret@mail.example' }, 'SALLYPORT_SMTP must be a URL that starts with smtp://'],
  [{ SALLYPORT_MAIL_FROM: 'a@b\r\nBcc: c@d' }, 'SALLYPORT_MAIL_FROM must be an address'],
  [{ SALLYPORT_SESSION_IDLE: 'PT4M59S' }, 'SALLYPORT_SESSION_IDLE must be a duration from PT5M to P30D'],
  [{ SALLYPORT_SESSION_LIFETIME: 'P31D' }, 'SALLYPORT_SESSION_LIFETIME must be a duration'],
  [{ SALLYPORT_OIDC_ISSUER: 'http://user:secret@idp.example' }, 'SALLYPORT_OIDC_ISSUER must be a URL'],
  [{ SALLYPORT_OIDC_ISSUER: 'https://idp.example' }, 'SALLYPORT_OIDC_CLIENT_ID must be the id'],
  [{ SALLYPORT_OIDC_SCOPES: 'profile' }, 'SALLYPORT_OIDC_SCOPES must be scopes'],
  [{ SALLYPORT_OIDC_USER: 'email=mail' }, 'SALLYPORT_OIDC_USER must be a claim'],
  [{ SALLYPORT_OIDC_MFA: 'mfa' }, 'SALLYPORT_OIDC_MFA must be `amr`'],
  [{ PORT: 'http' }, 'PORT must be a port number'],
])('pain 36: %j is refused, and no password is repeated', (environment, message) => {
  const read = () => readConfig(environment);
  expect(read).toThrow(message);
  expect(read).not.toThrow('secret');
});

test('mails are sent where a server and a sender are named', () => {
  const environment = { SALLYPORT_SMTP: 'smtp://localhost:2525', SALLYPORT_MAIL_FROM: 'access@example.com' };
  expect(readConfig(environment)).toMatchObject({ smtpUrl: 'smtp://localhost:2525', mailFrom: 'access@example.com' });
  expect(readConfig({}).smtpUrl).toBeUndefined();
});

test('people sign in at a provider outside where one is named', () => {
  const environment = {
    SALLYPORT_OIDC_ISSUER: 'http://localhost:9000/realms/one',
    SALLYPORT_OIDC_CLIENT_ID: 'sallyport',
    SALLYPORT_OIDC_USER: 'oid=employeeId',
    SALLYPORT_OIDC_MFA: 'acr=urn:okta:loa:2fa:any',
  };
  expect(readConfig(environment)).toMatchObject({
    oidcIssuer: 'http://localhost:9000/realms/one',
    oidcClientId: 'sallyport',
    oidcClientSecret: undefined,
    oidcScopes: 'openid profile',
    oidcUser: { claim: 'oid', attribute: 'employeeId' },
    oidcMfa: { claim: 'acr', value: 'urn:okta:loa:2fa:any' },
  });
  expect(readConfig({}).oidcIssuer).toBeUndefined();
});
