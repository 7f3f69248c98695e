import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HttpHandler } from '../platform/http.ts';
import type { Log } from '../platform/log.ts';
import { siteHandler } from '../platform/site.ts';

const root = join(import.meta.dirname, '../..');
const built = join(root, 'dist/portal');

/**
 * The portal, beside the API: built when its sources changed since it was built last, while the API is already up.
 * A published package holds it built and no sources. A build that fails is logged, and what was built before stays.
 */
export function portalSite(log: Log): HttpHandler {
  let ready = false;
  const making = builtPortal(log).then(
    () => {
      ready = true;
    },
    (fault: unknown) => {
      ready = existsSync(join(built, 'index.html'));
      log.error({ fault }, 'The portal could not be built');
    },
  );
  void making;
  return siteHandler({ folder: async () => (ready ? built : null) });
}

/** The folder of the portal, built anew if its sources have changed. Rejects when the build fails. */
export async function builtPortal(log: Log): Promise<string> {
  await ensureBuilt(root, built, log);
  return built;
}

async function ensureBuilt(from: string, to: string, log: Log): Promise<void> {
  const sources = join(from, 'portal');
  if (!existsSync(sources)) return;
  const mark = await fingerprint(from);
  const known = await readFile(join(to, '.built-from'), 'utf8').catch(() => null);
  if (known === mark) return;
  log.info({}, 'Building the portal');
  // Beside its place and then moved there: two servers that start at once never serve half a build.
  const fresh = `${to}.${process.pid}`;
  await run(process.execPath, [join(from, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', fresh], from);
  await writeFile(join(fresh, '.built-from'), mark);
  await mkdir(join(to, '..'), { recursive: true });
  await rm(to, { recursive: true, force: true });
  await rename(fresh, to).catch((fault: NodeJS.ErrnoException) => {
    // Another server was quicker with the same.
    if (fault.code !== 'ENOTEMPTY' && fault.code !== 'EEXIST') throw fault;
    return rm(fresh, { recursive: true, force: true });
  });
}

/** A hash of everything that the build is made of. */
async function fingerprint(from: string): Promise<string> {
  const entries = await readdir(join(from, 'portal'), { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const name of [...names, join(from, 'vite.config.ts'), join(from, 'package-lock.json')].sort()) {
    hash.update(name.slice(from.length)).update('\0');
    hash.update(await readFile(name)).update('\0');
  }
  return hash.digest('hex');
}

/** Runs a program to its end; rejects with what it said when it fails. */
function run(program: string, words: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      // Whatever the server itself runs for: what people get is never a development build.
      env: { ...process.env, NODE_ENV: 'production' },
    });
    let said = '';
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${words.join(' ')}: ${code}\n${said}`))));
  });
}
