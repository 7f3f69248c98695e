import type { Kit, Stage } from '../app.ts';
import { claimSetting } from '../platform/settings.ts';
import { administrator, castApps } from './cast.ts';
import { type MovableClock, openClock } from './clock.ts';
import { administratorName, buildDesign, type Call, newUser } from './design.ts';
import { rehearsalGate } from './gate.ts';
import { organisation } from './organisation.ts';
import type { Rehearsal } from './rehearsal.ts';
import { rehearsalRoutes } from './routes.ts';
import { emptyDatabase, hasSnapshot, restoreSnapshot, takeSnapshot } from './store.ts';

/**
 * The stage of a rehearsal: a movable clock, a cast, the seed's design, a mailbox, tokens for anyone. Everything
 * but the first administrator and the apps is made through the public API.
 */
export function rehearsalStage(): Stage {
  let clock: MovableClock | undefined;
  const opened = (): MovableClock => {
    if (clock === undefined) throw new Error('The clock is not open yet');
    return clock;
  };
  return {
    kind: 'rehearse',
    gate: rehearsalGate,
    async openClock(database, realClock) {
      clock = await openClock(database, realClock);
      return clock;
    },
    async prepare(kit) {
      if (await hasSnapshot(kit.database.db)) return;
      await begin(kit, opened());
    },
    routes: (kit) => rehearsalRoutes(rehearsal(kit, opened())),
    async settle(kit, url) {
      if (await hasSnapshot(kit.database.db)) return;
      await buildDesign(await callerFor(kit, url));
      await kit.worker.settle();
      await takeSnapshot(kit.database.db);
    },
  };
}

/** Starts from nothing, also when an earlier first start was killed half-way. */
async function begin(kit: Kit, clock: MovableClock): Promise<void> {
  const { db } = kit.database;
  await emptyDatabase(db);
  await claimSetting(db, 'stage', 'rehearse');
  await claimSetting(db, 'tenant', kit.tenantId);
  await clock.reload();
  await kit.initialise({ ...newUser(administrator) });
  for (const app of castApps) await kit.register(app);
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

function rehearsal(kit: Kit, clock: MovableClock): Rehearsal {
  return {
    clock: () => clock.read(kit.worker),
    ...organisation(kit),
    async move(command) {
      const moved = await clock.move(command, kit.worker);
      if (moved.is === 'accepted') kit.live.everybody(['clock']);
      return moved;
    },
    async reset() {
      await kit.worker.pause(async () => {
        await restoreSnapshot(kit.database.db);
        await clock.reload();
      });
      kit.live.everybody(['clock', 'everything']);
    },
  };
}
