import { expect, test } from 'vitest';
import { rehearsalGate } from './gate.ts';

const codeFor = (headers: Readonly<Record<string, string>>) => rehearsalGate({ headers })?.body ?? null;

test('lets in what was meant for this machine', () => {
  for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8443']) expect(codeFor({ host })).toBeNull();
  expect(codeFor({ host: 'localhost', origin: 'http://localhost:8080' })).toBeNull();
});

test('refuses other names of this machine, and pages of other sites', () => {
  for (const host of ['evil.example', 'localhost.evil.example:8080', '']) {
    expect(codeFor({ host })).toMatchObject({ error: { code: 'HostNotAllowed' } });
  }
  for (const origin of ['https://evil.example', 'null', 'file://']) {
    expect(codeFor({ host: 'localhost', origin })).toMatchObject({ error: { code: 'OriginNotAllowed' } });
  }
});
