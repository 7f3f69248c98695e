import { expect, test } from 'vitest';
import { RefusedError } from '../kernel/outcome.ts';
import { parseAddress } from './address.ts';
import { sealed, unsealed } from './page.ts';

const asked = parseAddress("/v1.0/users?$filter=level gt 1&$orderby=level&x='1'");
const text = sealed('token', asked);

function refusal(given: string, url: string): string {
  try {
    return unsealed(given, parseAddress(url));
  } catch (error) {
    if (error instanceof RefusedError) return `${error.refusal.code} ${error.refusal.target}`;
    throw error;
  }
}

test.each([
  "/v1.0/users?$filter=level gt 1&$orderby=level&x='1'",
  "/users?x='1'&$orderby=level&$filter=level+gt%201",
  "/beta/Users/?%24filter=level gt 1&OrderBy=level&x='1'&$top=3&$count=true&$skiptoken=whatever",
])('a link goes on with its own list, however it is written: %s', (url) => {
  expect(unsealed(text, parseAddress(url))).toBe('token');
});

test.each([
  ["/groups?$filter=level gt 1&$orderby=level&x='1'", 'another list'],
  ["/users?$filter=level gt 2&$orderby=level&x='1'", 'another filter'],
  ["/users?$filter=level gt 1&$orderby=level desc&x='1'", 'another order'],
  ["/users?$orderby=level&x='1'", 'no filter'],
  ['/users?$filter=level gt 1&$orderby=level&x=\'1\'&$search="a"', 'a search besides'],
  ["/users?$filter=level gt 1&$orderby=level&x='2'", 'another parameter'],
  ["/users/a/users?$filter=level gt 1&$orderby=level&x='1'", 'another path'],
])('and with no other: %s has %s', (url) => {
  expect(refusal(text, url)).toBe('BadRequest $skiptoken');
});

test.each(['', '.', 'token', 'token.', `x${text}`, `${text}x`, text.replace('token', 'takes'), text.toUpperCase()])(
  'what was altered is refused: %s',
  (given) => {
    expect(refusal(given, "/users?$filter=level gt 1&$orderby=level&x='1'")).toBe('BadRequest $skiptoken');
  },
);
