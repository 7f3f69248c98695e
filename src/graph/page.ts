import { createHash } from 'node:crypto';
import type { Address } from './address.ts';
import { badRequest } from './errors.ts';
import { fits, type SortKey } from './order.ts';
import type { Preferences } from './prefer.ts';
import { largestPage, listingOf, type Query, usualPage } from './query.ts';

/** How many rows a page has: `$top`, or what `Prefer: odata.maxpagesize` asks for, or the usual. */
export function pageSize(query: Query, { pageSize: wanted }: Preferences): number {
  if (query.top !== null) return query.top;
  return Math.min(Math.max(wanted ?? usualPage, 1), largestPage);
}

/** A `$skiptoken`: the sort keys of the last row of a page. It opens no door: every page is read as the reader. */
export function writeToken(texts: readonly (string | null)[]): string {
  return Buffer.from(JSON.stringify(texts), 'utf8').toString('base64url');
}

/** Reads a `$skiptoken` for this order. Throws a RefusedError (400) if it is none, or was made for another order. */
export function readToken(token: string, keys: readonly SortKey[]): readonly (string | null)[] {
  const texts = decode(token);
  const valid =
    Array.isArray(texts) &&
    texts.length === keys.length &&
    keys.every((key, index) => texts[index] === null || (typeof texts[index] === 'string' && fits(key, texts[index])));
  if (!valid) throw misplaced();
  return texts;
}

/** A `$skiptoken` of a list that is concluded whole: how many rows came before. */
export function writePlace(rows: number): string {
  return writeToken([String(rows)]);
}

/** Reads such a `$skiptoken`. Throws a RefusedError (400) if it is none. */
export function readPlace(token: string): number {
  const texts = decode(token);
  const place = Array.isArray(texts) && texts.length === 1 ? String(texts[0]) : '';
  if (!/^\d{1,9}$/.test(place)) throw misplaced();
  return Number(place);
}

function misplaced(): Error {
  return badRequest('$skiptoken is not valid here: follow @odata.nextLink as it was given.', '$skiptoken');
}

function decode(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** What a link to the next page carries: a token, bound by a checksum to the list and the query that it goes on. */
export function sealed(token: string, address: Address): string {
  return `${token}.${checksum(token, address)}`;
}

/**
 * The token of such a link. Throws a RefusedError (400) if it was altered, or belongs to another list or query: pages of
 * different questions put together would answer neither.
 */
export function unsealed(text: string, address: Address): string {
  const cut = text.lastIndexOf('.');
  const token = text.slice(0, Math.max(cut, 0));
  if (cut < 0 || text.slice(cut + 1) !== checksum(token, address)) throw misplaced();
  return token;
}

function checksum(token: string, { segments, query }: Address): string {
  const path = segments.map(({ text, named }) => [text.toLowerCase(), named]);
  const bound = JSON.stringify([token, path, listingOf(query)]);
  return createHash('sha256').update(bound).digest('base64url').slice(0, 16);
}
