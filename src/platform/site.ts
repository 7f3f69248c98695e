import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { type HttpHandler, type HttpRequest, type HttpResponse, notFound } from './http.ts';

/** Where the page's own script finds the nonce that its style elements carry. */
const noncePlaceholder = '__NONCE__';

/** A folder of built files, or what to say while there is none. */
export interface SiteOptions {
  /** The folder, with an `index.html` for every page; null while it is being made. */
  folder(): Promise<string | null>;
}

interface File {
  readonly type: string;
  readonly bytes: Buffer;
  readonly brotli: Buffer | null;
  readonly etag: string;
}

type Files = ReadonlyMap<string, File>;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  woff2: 'font/woff2',
  png: 'image/png',
};
const compressible = new Set(['html', 'js', 'css', 'svg', 'json']);
const compress = promisify(brotliCompress);

/**
 * Serves a single-page site: its files by their names, its `index.html` for every other address that a browser
 * navigates to, and 404 to everything else. Files are read once, whole: no request names a path on the disk.
 */
export function siteHandler({ folder }: SiteOptions): HttpHandler {
  const opened = new Map<string, Promise<Files>>();
  const open = (at: string): Promise<Files> => {
    const reading =
      opened.get(at) ??
      readFiles(at).catch((fault: unknown) => {
        opened.delete(at);
        throw fault;
      });
    opened.set(at, reading);
    return reading;
  };
  return async (request) => {
    const path = new URL(request.url, 'http://site').pathname;
    if (request.method !== 'GET' && request.method !== 'HEAD') return notFound(request);
    const isPage = (request.headers['accept'] ?? '').includes('text/html');
    const at = await folder();
    if (at === null) return isPage ? waiting : notFound(request);
    const files = await open(at);
    const file = files.get(path);
    if (file !== undefined && path !== '/index.html') return fileResponse(request, path, file);
    const page = files.get('/index.html');
    return isPage && page !== undefined ? pageResponse(page) : notFound(request);
  };
}

async function readFiles(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files = await Promise.all(
    names.map(async (name): Promise<[string, File]> => {
      const bytes = await readFile(name);
      const ending = name.slice(name.lastIndexOf('.') + 1);
      const brotli = compressible.has(ending)
        ? await compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
        : null;
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
      const path = name.slice(folder.length).replaceAll('\\', '/');
      return [path, { type: types[ending] ?? 'application/octet-stream', bytes, brotli, etag }];
    }),
  );
  return new Map(files);
}

/** The bundler names files in `assets/` by their content: they never change under their name. */
function fileResponse(request: HttpRequest, path: string, file: File): HttpResponse {
  const headers = {
    'content-type': file.type,
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers['if-none-match'] === file.etag) return { status: 304, headers };
  const takesBrotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
  return takesBrotli && file.brotli !== null
    ? { status: 200, headers: { ...headers, 'content-encoding': 'br' }, body: file.brotli }
    : { status: 200, headers, body: file.bytes };
}

function pageResponse(page: File): HttpResponse {
  const nonce = randomBytes(16).toString('base64url');
  return {
    status: 200,
    headers: { ...pageHeaders(nonce), 'content-type': page.type },
    body: page.bytes.toString('utf8').replaceAll(noncePlaceholder, nonce),
  };
}

/** INVARIANT: no script but our own files, nothing from any other host, no frame around us. */
function pageHeaders(nonce: string): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
}

const waiting: HttpResponse = {
  status: 503,
  headers: { ...pageHeaders('none'), 'content-type': 'text/html; charset=utf-8', 'retry-after': '3', refresh: '3' },
  body:
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Sallyport</title>' +
    '<h1>The portal is being built</h1><p>That happens once, and takes some seconds. This page loads again by itself. ' +
    'The API is up meanwhile.</p></html>',
};
