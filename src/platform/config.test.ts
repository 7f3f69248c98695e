import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test.each([
  [{ SALLYPORT_SMTP: 'smtps://user:secret@mail.example:465' }, 'SALLYPORT_MAIL_FROM must be an address'],
  [{ SALLYPORT_SMTP: 'http://user:secret@mail.example' }, 'SALLYPORT_SMTP must be a URL that starts with smtp://'],
  [{ SALLYPORT_MAIL_FROM: 'a@b\r\nBcc: c@d' }, 'SALLYPORT_MAIL_FROM must be an address'],
  [{ SALLYPORT_SESSION_IDLE: 'PT4M59S' }, 'SALLYPORT_SESSION_IDLE must be a duration from PT5M to P30D'],
  [{ SALLYPORT_SESSION_LIFETIME: 'P31D' }, 'SALLYPORT_SESSION_LIFETIME must be a duration'],
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
