import type { Kit, Stage } from '../app.ts';
import { type Curtain, createCurtain } from './beginning.ts';
import { type MovableClock, openClock } from './clock.ts';
import { rehearsalGate } from './gate.ts';
import { organisation } from './organisation.ts';
import type { Beginning, Rehearsal } from './rehearsal.ts';
import { rehearsalRoutes } from './routes.ts';

/** How a rehearsal is begun. */
export interface RehearsalOptions {
  /**
   * What it is to begin with. One that began with something else begins anew; unless said, a new one begins with the
   * whole design, and one that was there goes on.
   */
  readonly beginWith?: Beginning;
}

/**
 * The stage of a rehearsal: a movable clock, a cast, the seed's design, a mailbox, tokens for anyone. Everything
 * but the first administrator and the apps is made through the public API.
 */
export function rehearsalStage({ beginWith }: RehearsalOptions = {}): Stage {
  let clock: MovableClock | undefined;
  let curtain: Curtain | undefined;
  return {
    kind: 'rehearse',
    gate: rehearsalGate,
    async openClock(database, realClock) {
      clock = await openClock(database, realClock);
      return clock;
    },
    async prepare(kit) {
      curtain = createCurtain(kit, opened(clock));
      await curtain.prepare();
    },
    routes: (kit) => rehearsalRoutes(rehearsal(kit, opened(clock), opened(curtain))),
    settle: (_kit, url) => opened(curtain).raise(url, beginWith),
  };
}

function opened<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The stage is not open yet');
  return part;
}

function rehearsal(kit: Kit, clock: MovableClock, curtain: Curtain): Rehearsal {
  const { describe, ...others } = organisation(kit);
  return {
    clock: () => clock.read(kit.worker),
    ...others,
    describe: async () => ({ ...(await describe()), beganWith: await curtain.beganWith() }),
    async move(command) {
      const moved = await clock.move(command, kit.worker);
      if (moved.is === 'accepted') kit.live.everybody(['clock']);
      return moved;
    },
    async reset(to) {
      await curtain.reset(to);
      kit.live.everybody(['clock', 'everything']);
    },
  };
}
