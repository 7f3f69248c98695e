import { posix } from 'node:path';
import type { Check } from './code.ts';
import type { House } from './house.ts';

/** Every face has one screen that explains it. */
export const readmePerFace: Check = (house) =>
  [...house.keys()].flatMap((path) => {
    const folder = /^(src\/[^/]+)\/index\.ts$/.exec(path)?.[1];
    return folder === undefined || house.has(`${folder}/README.md`) ? [] : [`${folder}: no README.md`];
  });

/** The lock file names packages and their hashes, not the server that one of us happened to load them from. */
export const noHostInLock: Check = (house) => {
  const lock: { packages?: Record<string, { resolved?: string }> } = JSON.parse(house.get('package-lock.json') ?? '{}');
  return Object.entries(lock.packages ?? {}).flatMap(([name, { resolved }]) =>
    resolved?.includes('://') ? [`package-lock.json: ${name} comes from ${resolved}`] : [],
  );
};

interface Locked {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

/**
 * The lock file has all that is asked for, above all the optional packages of platforms that we do not work on:
 * npm drops those it cannot find while it writes the file, and then `npm ci` fails everywhere.
 */
export const nothingMissingInLock: Check = (house) => {
  const lock: { packages?: Record<string, Locked> } = JSON.parse(house.get('package-lock.json') ?? '{}');
  const locked = lock.packages ?? {};
  return Object.entries(locked).flatMap(([from, { dependencies, devDependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...(from === '' ? devDependencies : {}), ...optionalDependencies })
      .filter((name) => !lookUp(from, name).some((path) => path in locked))
      .map((name) => `package-lock.json: ${from || 'the project'} needs ${name}, which is missing`),
  );
};

/** Where Node looks for a package, seen from another: in its own node_modules, then in those around it. */
function lookUp(from: string, name: string): string[] {
  const parts = from === '' ? [] : from.split('/node_modules/');
  return ['', ...parts].map((_, depth) => [...parts.slice(0, depth), name].join('/node_modules/')).map(rooted);
}

function rooted(path: string): string {
  return path.startsWith('node_modules/') ? path : `node_modules/${path}`;
}

const link = /(?<!!)\[[^\]]*\]\(([^()\s]+)(?:\s+"[^"]*")?\)|!\[[^\]]*\]\(([^()\s]+)\)/g;

/** Links between our documents lead somewhere, down to the heading. */
export const linksResolve: Check = (house) =>
  [...house]
    .filter(([path]) => path.endsWith('.md'))
    .flatMap(([path, text]) =>
      [...withoutCode(text).matchAll(link)]
        .map(([, target, image]) => target ?? image ?? '')
        .filter((target) => !/^[a-z]+:/i.test(target) && !leads(house, path, target))
        .map((target) => `${path}: ${target} leads nowhere`),
    );

function leads(house: House, from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(file)).replace(/\/$/, '');
  const isFolder = [...house.keys()].some((known) => known.startsWith(`${path}/`));
  const known = house.get(path);
  if (known === undefined) return anchor === undefined && (isFolder || path === 'LICENSE');
  return anchor === undefined || !path.endsWith('.md') || anchors(known).has(anchor);
}

/** The anchors that GitHub gives to headings. */
function anchors(markdown: string): ReadonlySet<string> {
  const headings = [...withoutCode(markdown).matchAll(/^#{1,6}\s+(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
  return new Set(
    headings.flatMap((slug, at) => [slug, `${slug}-${headings.slice(0, at).filter((h) => h === slug).length}`]),
  );
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, '');
}
