import type { Kit } from '../app.ts';
import { claimSetting, readSetting } from '../platform/settings.ts';
import { administrator, castApps } from './cast.ts';
import type { MovableClock } from './clock.ts';
import { administratorName, buildDesign, type Call, hire, newUser } from './design.ts';
import { organisation } from './organisation.ts';
import type { Beginning } from './rehearsal.ts';
import { emptyDatabase, hasSnapshot, isSnapshotCurrent, restoreSnapshot, takeSnapshot } from './store.ts';

/** Brings a rehearsal to its beginning, and back to it. */
export interface Curtain {
  /** Before the server listens: begins from nothing, also when an earlier first start was killed half-way. */
  prepare(): Promise<void>;
  /** Once the server listens at `url`: does the rest through its API, if the rehearsal is new or is to begin anew. */
  raise(url: string, beginWith?: Beginning): Promise<void>;
  beganWith(): Promise<Beginning>;
  /**
   * Puts organisation, mailbox and time back to the beginning, with the same ids. Where that cannot be, because it is to
   * begin with something else, or the tables have changed since, it begins anew: with other ids, and nobody signed in.
   */
  reset(beginWith?: Beginning): Promise<void>;
}

/** What the rehearsal of a database began with. One of an earlier version does not say so, and had the whole design. */
export async function beganWith(db: Kit['database']['db']): Promise<Beginning> {
  return (await readSetting<Beginning>(db, 'beganWith')) ?? 'design';
}

/** The curtain of a rehearsal. A reset waits for the first start, for another reset, and for a move of the clock. */
export function createCurtain(kit: Kit, clock: MovableClock): Curtain {
  const { db } = kit.database;
  let address: string | undefined;

  /** Starts from nothing: the first administrator and the apps are there without the API, for somebody has to be. */
  async function begin(): Promise<void> {
    await emptyDatabase(db);
    await claimSetting(db, 'stage', 'rehearse');
    await claimSetting(db, 'tenant', kit.tenantId);
    await clock.reload();
    await kit.initialise({ ...newUser(administrator) });
    for (const app of castApps) await kit.register(app);
  }

  async function build(beginWith: Beginning): Promise<void> {
    if (address === undefined) throw new Error('The server does not listen yet');
    const call = await callerFor(kit, address);
    const people = await hire(call);
    if (beginWith === 'design') await buildDesign(call, people);
    await kit.worker.settle();
    await claimSetting(db, 'beganWith', beginWith);
    await takeSnapshot(db);
  }

  async function goBack(): Promise<void> {
    await restoreSnapshot(db);
    await clock.reload();
  }

  async function reset(wanted?: Beginning): Promise<void> {
    const current = await beganWith(db);
    const beginWith = wanted ?? current;
    if (beginWith === current && (await isSnapshotCurrent(db))) return kit.worker.pause(goBack);
    await kit.worker.pause(begin);
    await build(beginWith);
  }

  return {
    beganWith: () => beganWith(db),
    async prepare() {
      if (!(await hasSnapshot(db))) await begin();
    },
    raise: (url, beginWith) =>
      clock.pause(async () => {
        address = url;
        if (!(await hasSnapshot(db))) await build(beginWith ?? 'design');
        else if (beginWith !== undefined && beginWith !== (await beganWith(db))) await reset(beginWith);
      }),
    reset: (beginWith) => clock.pause(() => reset(beginWith)),
  };
}

async function callerFor(kit: Kit, url: string): Promise<Call> {
  const token = await organisation(kit).mint({ user: administratorName, mfa: true });
  if (token.is === 'refused') throw new Error(token.refusal.message);
  const authorization = `Bearer ${token.value.access_token}`;
  return async (method, path, body) => {
    const response = await fetch(`${url}/v1.0${path}`, {
      method,
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`The design could not be built. ${method} ${path}: ${response.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  };
}
