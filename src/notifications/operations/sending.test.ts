import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Database } from '../../platform/database.ts';
import { appendEvent } from '../../platform/events.ts';
import { silent } from '../../platform/log.ts';
import { loadMails, saveMail } from '../store.ts';
import { createSender, waitAfter } from './sending.ts';
import { openPost } from './smtp.ts';

/** A server that does as it is told, and keeps what it has taken by Message-ID. */
interface Peer {
  readonly port: number;
  readonly taken: string[];
  close(): Promise<void>;
}

type Behaviour = Pick<SMTPServerOptions, 'onConnect' | 'onMailFrom' | 'onRcptTo'> & {
  readonly dropAfterData?: () => boolean;
};

async function listen({ dropAfterData, ...options }: Behaviour = {}, port = 0): Promise<Peer> {
  const taken: string[] = [];
  const server = new SMTPServer({
    ...options,
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        taken.push(/^Message-ID:\s*(\S+)/im.exec(text)?.[1] ?? '');
        if (dropAfterData?.()) (session as unknown as { connection?: Socket }).connection?.destroy();
        done(dropAfterData?.() ? Object.assign(new Error('Gone'), { responseCode: 421 }) : null);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    taken,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

const refusal = (responseCode: number) => Object.assign(new Error('No'), { responseCode });

describe.each(databaseKinds)('sending mails on %s', (kind) => {
  let database: Database;
  let real: Instant;
  const closing: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    database = await freshDatabase(kind);
    real = Temporal.Instant.from('2030-01-01T08:00:00Z');
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await database.close();
  });

  async function peer(behaviour?: Behaviour, port?: number): Promise<Peer> {
    const one = await listen(behaviour, port);
    closing.push(one.close);
    return one;
  }
  /** Short of patience only with a server that never answers: with others, a slow machine would run out of it. */
  function sender(port: number, patience: { readonly patienceMs?: number } = {}) {
    return createSender({
      db: database.db,
      post: openPost({ url: `smtp://127.0.0.1:${port}`, from: 'access@sallyport.example', ...patience }),
      log: silent,
      now: () => real,
      realNow: () => real,
    });
  }
  async function written(count: number): Promise<string[]> {
    for (let index = 0; index < count; index += 1) {
      const event = await appendEvent(database.db, {
        event: { type: 'test.happened', subject: 'x', correlation: newId() },
        at: real,
        caller: { kind: 'system' },
        requestId: newId(),
      });
      const mail = { subject: `Mail ${index}`, text: 'Text', html: '<p>Text</p>' };
      await saveMail(database.db, event, { id: null, address: `p${index}@sallyport.example`, approvalId: null }, mail);
      await saveMail(database.db, event, { id: null, address: `p${index}@sallyport.example`, approvalId: null }, mail);
    }
    return (await loadMails(database.db, null)).map(({ messageId }) => messageId).sort();
  }
  const later = (seconds: number) => {
    real = real.add({ seconds });
  };

  test('hands every mail over once', async () => {
    const ids = await written(5);
    expect(ids).toHaveLength(5);
    const server = await peer();
    const one = sender(server.port);
    while ((await one.round()) > 0);
    expect(server.taken.sort()).toEqual(ids);
  });

  test('tries again what is refused for now, ever less often, until it is taken', async () => {
    const ids = await written(2);
    let isBusy = true;
    const server = await peer({ onRcptTo: (_address, _session, done) => done(isBusy ? refusal(450) : null) });
    const one = sender(server.port);
    await one.round();
    expect(await one.round()).toBe(0);
    later(30);
    expect(await one.round()).toBe(2);
    later(59);
    expect(await one.round()).toBe(0);
    isBusy = false;
    later(1);
    expect(await one.round()).toBe(2);
    expect(server.taken.sort()).toEqual(ids);
    expect([1, 2, 3, 20].map(waitAfter)).toEqual([30, 60, 120, 3600]);
  });

  test('gives a mail up that is refused for good, and no other', async () => {
    const ids = await written(3);
    const server = await peer({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('p1@') ? refusal(550) : null),
    });
    const one = sender(server.port);
    await one.round();
    later(100_000);
    expect(await one.round()).toBe(0);
    expect(server.taken).toHaveLength(2);
    expect(ids).toEqual(expect.arrayContaining(server.taken));
  });

  test('keeps what a server refuses because of the sender: that is a setting, and may be put right', async () => {
    const ids = await written(1);
    const strict = await peer({ onMailFrom: (_address, _session, done) => done(refusal(550)) });
    await sender(strict.port).round();
    later(30);
    const server = await peer();
    expect(await sender(server.port).round()).toBe(1);
    expect(server.taken).toEqual(ids);
  });

  test('waits for a server that is away, that turns callers away, and that says nothing', async () => {
    const ids = await written(1);
    const gone = await peer();
    await gone.close();
    await sender(gone.port).round();
    later(3600);
    const closed = await peer({ onConnect: (_session, done) => done(refusal(421)) });
    await sender(closed.port).round();
    later(3600);
    const mute: Server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(mute, 'listening');
    closing.push(async () => {
      mute.close();
    });
    const address = mute.address();
    await sender(typeof address === 'object' && address !== null ? address.port : 0, { patienceMs: 400 }).round();
    later(3600);
    const back = await peer();
    expect(await sender(back.port).round()).toBe(1);
    expect(back.taken).toEqual(ids);
  });

  test('repeats a mail with the same Message-ID when the answer is lost', async () => {
    const ids = await written(1);
    let isCut = true;
    const server = await peer({ dropAfterData: () => isCut });
    const one = sender(server.port);
    await one.round();
    isCut = false;
    later(30);
    await one.round();
    expect(server.taken).toEqual([ids[0], ids[0]]);
  });

  test('leaves a mail that is in hand alone, and takes it up when its node has died', async () => {
    const ids = await written(1);
    const server = await peer();
    const inHand = Promise.withResolvers<void>();
    const hang = () => {
      inHand.resolve();
      return new Promise<void>(() => undefined);
    };
    const dying = createSender({
      db: database.db,
      post: { send: hang, close: () => undefined },
      log: silent,
      now: () => real,
      realNow: () => real,
    });
    void dying.round();
    await inHand.promise;
    const one = sender(server.port);
    expect(await one.round()).toBe(0);
    later(301);
    expect(await one.round()).toBe(1);
    expect(server.taken).toEqual(ids);
  });

  test('two nodes share the work, and send nothing twice', async () => {
    const ids = await written(12);
    const server = await peer();
    const all = async () => {
      const one = sender(server.port);
      while ((await one.round()) > 0);
    };
    await Promise.all([all(), all()]);
    expect(server.taken.sort()).toEqual(ids);
  });

  test('asks nobody to decide what is decided', async () => {
    const event = await appendEvent(database.db, {
      event: { type: 'package-approval.stageOpened', subject: 'x', correlation: newId() },
      at: real,
      caller: { kind: 'system' },
      requestId: newId(),
    });
    const [id, approvalId]: [Id, Id] = [newId(), newId()];
    const mail = { subject: 'Decide', text: 'Text', html: '<p>Text</p>' };
    await saveMail(database.db, event, { id, address: 'gone@sallyport.example', approvalId }, mail);
    const server = await peer();
    expect(await sender(server.port).round()).toBe(1);
    expect(await sender(server.port).round()).toBe(0);
    expect(server.taken).toEqual([]);
  });
});
