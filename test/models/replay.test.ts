import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Dice, moves, openAll } from './replay/moves.ts';
import { type Replay, replayOf } from './replay/replay.ts';
import { openScene, type Scene } from './replay/scene.ts';

const deep = process.env['SALLYPORT_DEEP'] === '1';
const stories = deep ? 60 : 16;

/** What time does most of, and people next: the rest is rarer. */
const weights: Readonly<Record<string, number>> = {
  'time passes': 6,
  asks: 10,
  decides: 14,
  cancels: 3,
  'gives up': 2,
  'asks for a later end': 3,
  'adminAssign of a role': 3,
  'selfActivate of a role': 6,
  'activates a membership': 3,
  'an activation is decided': 3,
  'a wish is answered': 2,
};

function diceOf(numbers: readonly number[]): Dice {
  let next = 0;
  const roll = (sides: number) => (numbers[next++ % numbers.length] ?? 0) % sides;
  return {
    pick: (of) => (of.length === 0 ? undefined : of[roll(of.length)]),
    chance: (percent) => roll(100) < percent,
  };
}

const move = fc.oneof(
  ...Object.keys(moves).map((name) => ({ weight: weights[name] ?? 1, arbitrary: fc.constant(name) })),
);
const step = fc.tuple(move, fc.array(fc.nat({ max: 999 }), { minLength: 6, maxLength: 6 }));

/** Event types without which the stories would have shrunk. */
const expected = [
  'assignment-request.submitted',
  'assignment-request.fulfilled',
  'assignment-request.denied',
  'assignment-request.timedOut',
  'assignment-request.canceled',
  'assignment-request.scheduled',
  'assignment-request.systemAdded',
  'package-approval.escalated',
  'package-approval.approversChanged',
  'package-approval.stageApproved',
  'assignment.delivered',
  'assignment.extended',
  'assignment.leaving',
  'assignment.removed',
  'group-member.active.given',
  'group-member.active.ended',
  'role.eligible.given',
  'role.activation.completed',
  'group-member.activation.requested',
  'group-member.activation.completed',
];

describe('the log tells how everything stands', () => {
  let scene: Scene;
  let replay: Replay;
  beforeAll(async () => {
    scene = await openScene();
    replay = replayOf(scene.desk.play.app.kit.database.db);
  });
  afterAll(() => scene?.desk.play.close());

  test('requests, approvals, assignments and schedules are those that are stored, after whatever happens', {
    timeout: 900_000,
  }, async () => {
    const tally = new Map<string, number>();
    expect(await replay.differences()).toEqual([]);
    const stays = fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 50 }), async (story) => {
      await openAll(scene);
      for (const [name, numbers] of story) {
        const answer = await moves[name]?.(scene, diceOf(numbers));
        if (answer) {
          expect(answer.status, `${name}: ${JSON.stringify(answer.body)}`).toBeLessThan(500);
          if (answer.status < 300) tally.set(name, (tally.get(name) ?? 0) + 1);
        }
        expect(await replay.differences(), name).toEqual([]);
      }
    });
    const { seen } = replay;
    // One story goes on where the last one stopped, so that none of them means anything without those before.
    await fc.assert(stays, { numRuns: stories, endOnFailure: true });
    // Ids are new in every run, and what is rare may not have come yet: then more is told.
    const misses = () => expected.some((type) => !seen.has(type));
    for (let more = 1; misses() && more <= 15; more += 1) {
      await fc.assert(stays, { seed: more, numRuns: 6, endOnFailure: true });
    }
    console.log(`${[...seen.values()].reduce((sum, one) => sum + one, 0)} events of ${seen.size} types replayed into`);
    console.log(
      `${JSON.stringify(replay.size())} rows; what went through: ${JSON.stringify(Object.fromEntries(tally))}`,
    );
    // The stories must not shrink without being noticed.
    expect([...seen.keys()]).toEqual(expect.arrayContaining(expected));
  });

  test('what is changed behind the log is found', async () => {
    const { db } = scene.desk.play.app.kit.database;
    const move = (by: string) => sql`update package_assignment set starts_at = starts_at + ${by}::interval`.execute(db);
    await move('1 microsecond');
    const { package_assignment: rows } = replay.size();
    const found = await replay.differences();
    expect(found.map(({ table, column }) => `${table}.${column}`)).toEqual(
      Array.from({ length: rows ?? 0 }, () => 'package_assignment.starts_at'),
    );
    expect(rows).toBeGreaterThan(10);
    await move('-1 microsecond');
    expect(await replay.differences()).toEqual([]);
  });
});
