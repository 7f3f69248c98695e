import { badRequest } from './errors.ts';

/** One step of a path, decoded. A key in brackets has become a step of its own. */
export interface Segment {
  readonly text: string;
  /** Named arguments: of `filterByCurrentUser(on='approver')`, or a key `users(userPrincipalName='…')`. */
  readonly named: Readonly<Record<string, string>> | null;
}

/** What an address begins with: a version of Graph, or the root of what Graph has no word for. */
export type Version = 'v1.0' | 'beta' | 'sallyport';

/** A request's address, taken apart. */
export interface Address {
  readonly version: Version;
  readonly segments: readonly Segment[];
  /** The query as it came, without `?`. */
  readonly query: string;
}

const versions: readonly Version[] = ['v1.0', 'beta', 'sallyport'];
const mostSegments = 32;
const longestUrl = 16_384;
const quoted = "'(?:''|[^'])*'";
const bare = "[^,'()=]+";
const positional = new RegExp(`^(${quoted}|${bare})$`);
const pair = new RegExp(`^\\s*([A-Za-z_]\\w*)\\s*=\\s*(${quoted}|${bare})\\s*$`);

/**
 * Takes a path with its query apart: version, segments percent-decoded, keys in brackets as segments, named
 * arguments with their values unquoted. Empty segments are ignored. Throws a RefusedError (400) for bad encoding.
 */
export function parseAddress(url: string): Address {
  if (url.length > longestUrl) throw badRequest(`The address is longer than ${longestUrl} characters.`);
  const [withoutFragment = ''] = url.split('#', 1);
  const cut = withoutFragment.indexOf('?');
  const path = cut < 0 ? withoutFragment : withoutFragment.slice(0, cut);
  const query = cut < 0 ? '' : withoutFragment.slice(cut + 1);
  // A key may stand in brackets of its own: `/groups/(uniqueName='it')`.
  const parts = path
    .replaceAll(/\/(?=\()/g, '')
    .split('/')
    .flatMap((part) => (part === '' ? [] : [decode(part)]));
  if (parts.length > mostSegments) throw badRequest(`The path has more than ${mostSegments} segments.`);
  const version = versionOf(parts[0] ?? '');
  return { version: version ?? 'v1.0', segments: parts.slice(version === null ? 0 : 1).flatMap(segmentsOf), query };
}

/** The version that the first segment of a path names; null if it names none. */
function versionOf(segment: string): Version | null {
  return versions.find((version) => version === segment.toLowerCase()) ?? null;
}

/** The path with the version in front that it belongs to unless it names one itself. */
export function versioned(path: string, version: Version): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return versionOf(rooted.split(/[/?]/, 2)[1] ?? '') === null ? `/${version}${rooted}` : rooted;
}

function decode(part: string): string {
  try {
    const text = decodeURIComponent(part);
    if (text.includes('\u0000')) throw new URIError('NUL');
    return text;
  } catch {
    throw badRequest('The path is not percent-encoded UTF-8 text.');
  }
}

function segmentsOf(part: string): readonly Segment[] {
  const call = /^([^()']+)\((.*)\)$/s.exec(part);
  if (call?.[1] === undefined) return [{ text: part, named: null }];
  const inside = (call[2] ?? '').trim();
  if (inside === '') return [{ text: call[1], named: {} }];
  if (positional.test(inside)) {
    return [
      { text: call[1], named: null },
      { text: unquote(inside), named: null },
    ];
  }
  return [{ text: call[1], named: namedOf(inside, part) }];
}

function namedOf(inside: string, part: string): Readonly<Record<string, string>> {
  const named = new Map<string, string>();
  for (const item of inside.match(/(?:'(?:''|[^'])*'|[^,'])+/g) ?? []) {
    const [, name, value] = pair.exec(item) ?? [];
    if (name === undefined || value === undefined || named.has(name)) {
      throw badRequest(`The arguments of '${part.slice(0, 100)}' cannot be understood.`, part.slice(0, 100));
    }
    named.set(name, unquote(value));
  }
  return Object.fromEntries(named);
}

function unquote(text: string): string {
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : text.trim();
}
