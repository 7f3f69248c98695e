import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DirectoryStage, openDirectory } from '../../test/directory.ts';
import { type Ear, listen } from '../../test/ear.ts';
import { accept, refuse } from '../kernel/outcome.ts';
import { realClock } from '../platform/clock.ts';
import { type HttpServer, startHttp } from '../platform/http.ts';
import { silent } from '../platform/log.ts';
import { ensureCertificates } from '../platform/tls.ts';
import { createLive, type Live } from './index.ts';
import { openStream } from './operations/stream.ts';

/** Judged by what happens, not by how soon. */
const patience = { timeout: 60_000 };

describe('a stream to a client', () => {
  test('gathers what the client does not take, and tells it together', async () => {
    const { readable, hint } = openStream(() => undefined);
    for (let times = 0; times < 1_000; times += 1) hint(['user', 'group'], `${times}`);
    expect(readable.readableLength).toBeLessThan(100);
    hint(['clock'], null);
    const texts: string[] = [];
    readable.on('data', (chunk: Buffer) => texts.push(chunk.toString()));
    await expect.poll(() => texts.length, patience).toBe(2);
    expect(texts[1]).toBe('id: 999\ndata: {"kinds":["clock","group","user"],"id":"999"}\n\n');
    hint(['user'], null);
    await expect.poll(() => texts.length, patience).toBe(3);
    expect(texts[2]).toContain('"kinds":["user"]');
  });

  test('shows that it lives, and lets a client go that takes nothing', async () => {
    let closed = 0;
    const taken = openStream(() => undefined);
    const left = openStream(() => {
      closed += 1;
    });
    const texts: string[] = [];
    taken.readable.on('data', (chunk: Buffer) => texts.push(chunk.toString()));
    for (let beats = 1; beats <= 5; beats += 1) {
      await expect.poll(() => texts.length, patience).toBe(beats);
      taken.beat();
      left.beat();
    }
    expect(texts.slice(1).every((text) => text === ': beat\n\n')).toBe(true);
    await expect.poll(() => closed, patience).toBe(1);
    expect([taken.readable.destroyed, left.readable.destroyed]).toEqual([false, true]);
  });

  test('ends at once where nobody takes anything', async () => {
    let closed = 0;
    const { end, beat, readable } = openStream(() => {
      closed += 1;
    });
    end();
    end();
    beat();
    await expect.poll(() => closed, patience).toBe(1);
    expect(readable.destroyed).toBe(true);
  });
});

describe('listening', () => {
  let stage: DirectoryStage;
  let server: HttpServer;
  let live: Live;
  let folder: string;
  let mayStay: boolean;
  let checks: number;

  beforeEach(async () => {
    stage = await openDirectory();
    folder = await mkdtemp(join(tmpdir(), 'sallyport-live-'));
    mayStay = true;
    checks = 0;
    const { db, clock } = stage.runtime;
    const isSilent = (type: string) => type === 'directory.read';
    const pace = { lookMs: 10, beatMs: 10, checkMs: 10 };
    live = createLive({ db, now: () => clock.now(), log: silent, isSilent }, pace);
    server = await startHttp({
      host: '127.0.0.1',
      port: 0,
      httpsPort: 0,
      tls: await ensureCertificates(folder, realClock.now()),
      log: silent,
      plugins: [],
      ready: async () => true,
      routes: [
        live.route({
          async authenticate(_request, isCheck) {
            if (isCheck) checks += 1;
            return mayStay ? accept(stage.admin) : refuse('unauthenticated', 'InvalidAuthenticationToken', 'Over');
          },
          refuse: async (_request, { code, message }) => ({ status: 401, body: { error: { code, message } } }),
        }),
      ],
    });
  });
  afterEach(async () => {
    await live.stop();
    await server.close();
    await stage.close();
    await rm(folder, { recursive: true, force: true });
  });

  const page = (): Promise<Ear> => listen(`http://127.0.0.1:${server.port}`, {});

  test('finds by itself what others have committed', async () => {
    const open = await page();
    await stage.hire('somebody');
    await open.until('user');
    expect(open.heard()).toEqual(['directoryAudit', 'user']);
    open.close();
  });

  test('tells nobody of attempts to read', async () => {
    const open = await page();
    const record = (type: string) =>
      stage.runtime.as(stage.admin, async (tx) => {
        await tx.record({ type, subject: 'x', correlation: crypto.randomUUID() });
      });
    await record('directory.read');
    await record('group.created');
    await open.until('group');
    expect(open.heard()).toEqual(['directoryAudit', 'group']);
    await record('directory.read');
    await record('authentication-context.created');
    await open.until('authenticationContext');
    expect(open.heard()).toEqual(['authenticationContext', 'directoryAudit']);
    open.close();
  });

  test('ends with the session of whoever listens', async () => {
    const open = await page();
    await expect.poll(() => checks, patience).toBeGreaterThan(2);
    mayStay = false;
    await open.ended();
    expect(await page()).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
  });

  test('ends every stream when the server stops, and opens no other', async () => {
    const open = await page();
    await live.stop();
    await open.ended();
    expect((await page()).status).not.toBe(200);
  });
});
