import { expect, test } from 'vitest';
import { nameIn } from './name-in.ts';

test.each([
  ['ada@contoso.example', 'Ada'],
  ['ada.admin@contoso.example', 'Ada Admin'],
  ['eva-maria_muster@contoso.example', 'Eva Maria Muster'],
  ['.@contoso.example', '.@contoso.example'],
])('whoever is called %s is %s', (userPrincipalName, name) => {
  expect(nameIn(userPrincipalName)).toBe(name);
});
