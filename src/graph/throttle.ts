import type { Caller } from '../kernel/caller.ts';
import type { Address } from './address.ts';

/** How much one caller may ask for in a window of time. */
export interface Limit {
  /** Resource units, as Microsoft counts them: 1 for most requests. */
  readonly units: number;
  readonly seconds: number;
}

/** What counting a request came to. */
export interface Taken {
  readonly isRefused: boolean;
  /** How much of the limit is used up, this request counted: 1 is all of it. */
  readonly share: number;
  /** Seconds until the window ends, whole and at least 1. */
  readonly retryAfter: number;
  /** Who is counted together, in Microsoft's form. */
  readonly scope: string;
}

/** Counts what callers ask for. */
export interface Throttle {
  readonly take: (caller: Caller, units: number) => Taken;
}

/** What the count needs from outside: real time in milliseconds, which no rehearsal moves, and who is asked. */
export interface ThrottlePorts {
  readonly uptimeMs: () => number;
  readonly tenantId: string;
}

interface Window {
  readonly endsAt: number;
  used: number;
}

/** Windows are looked through for old ones when there are this many more than at the last look. */
const manyWindows = 1000;

/**
 * Counts in memory, each node by itself: what protects a server from a flood must not itself write to the database.
 * Everybody has a window of their own, which begins with their first request: an application that calls for itself by
 * its id, a person by theirs and the application that they use, so that nobody uses up what others need. Refused
 * requests count too, as in Graph; the window ends all the same.
 */
export function createThrottle({ units: limit, seconds }: Limit, { uptimeMs, tenantId }: ThrottlePorts): Throttle {
  const windows = new Map<string, Window>();
  let lookAt = manyWindows;
  const forget = (now: number) => {
    for (const [key, { endsAt }] of windows) if (endsAt <= now) windows.delete(key);
    lookAt = windows.size + manyWindows;
  };
  const windowOf = (key: string, now: number): Window => {
    const found = windows.get(key);
    if (found !== undefined && found.endsAt > now) return found;
    if (windows.size >= lookAt) forget(now);
    const made = { endsAt: now + seconds * 1000, used: 0 };
    windows.set(key, made);
    return made;
  };
  return {
    take(caller, units) {
      const scope = scopeOf(caller, tenantId);
      const now = uptimeMs();
      const window = windowOf(scope, now);
      // What is dearer than the whole limit passes once a window, or it never would.
      const isRefused = window.used > 0 && window.used + units > limit;
      window.used += units;
      const retryAfter = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
      return { isRefused, share: window.used / limit, retryAfter, scope };
    },
  };
}

/** `<scope>/<limit>/<application>/<tenant or user>`, as `x-ms-throttle-scope` has it. */
function scopeOf(caller: Caller, tenantId: string): string {
  const kind = 'Tenant_Application/ReadWrite';
  switch (caller.kind) {
    case 'user':
      return `${kind}/${caller.appId}/${caller.id}`;
    case 'app':
      return `${kind}/${caller.appId}/${tenantId}`;
    case 'system':
      return `${kind}/system/${tenantId}`;
    default:
      return caller satisfies never;
  }
}

/** Requests that cost more than one unit before their options count. Paths are in lower case, keys are `*`. */
const baseCosts: Readonly<Record<string, number>> = {
  'GET users': 2,
  'GET groups/*/members': 3,
  'GET groups/*/transitivemembers': 5,
  'GET users/*/memberof': 2,
  'GET users/*/ownedobjects': 2,
  'GET users/*/transitivememberof': 2,
  'POST directoryobjects/getbyids': 3,
  'POST users/*/checkmembergroups': 4,
  'POST users/*/checkmemberobjects': 4,
  'POST users/*/getmembergroups': 2,
  'POST users/*/getmemberobjects': 2,
};

/**
 * What a request costs in resource units: the base cost of its path, one less with `$select`, one less for a page
 * below 20, one more with `$expand`, and never less than one.
 * Source: Graph's documentation of throttling limits, identity and access.
 */
export function costOf(method: string, { segments, query }: Address): number {
  const [first = '', ...rest] = segments.map(({ text }) => text.toLowerCase());
  const path = first === 'me' ? ['users', '*', ...rest] : [first, ...rest.map((part, at) => (at === 0 ? '*' : part))];
  const base = baseCosts[`${method} ${path.join('/')}`] ?? baseCosts[`${method} ${[first, ...rest].join('/')}`] ?? 1;
  if (method !== 'GET') return base;
  const options = decoded(query);
  const top = /(?:^|&)\$?top=(\d{1,9})(?:&|$)/i.exec(options)?.[1];
  const less = (/(?:^|&)\$?select=/i.test(options) ? 1 : 0) + (top !== undefined && Number(top) < 20 ? 1 : 0);
  const more = /(?:^|&)\$?expand=/i.test(options) ? 1 : 0;
  return Math.max(1, base - less + more);
}

function decoded(query: string): string {
  return query.replace(/%24/gi, '$');
}

/** The headers by which Graph tells what a request cost, and, near the limit, how near. */
export function costHeaders(units: number, { share }: Taken): Readonly<Record<string, string>> {
  const near: Readonly<Record<string, string>> =
    share > 0.8 ? { 'x-ms-throttle-limit-percentage': Math.min(share, 1.8).toFixed(2) } : {};
  return { 'x-ms-resource-unit': String(units), ...near };
}

/** The headers of a 429: when to come again, who is counted together, and which limit it was. */
export function refusalHeaders({ retryAfter, scope }: Taken): Readonly<Record<string, string>> {
  return {
    'retry-after': String(retryAfter),
    'x-ms-throttle-scope': scope,
    'x-ms-throttle-information': 'ResourceUnitLimitExceeded',
  };
}
