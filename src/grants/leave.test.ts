import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds, freshDatabase } from '../../test/postgres.ts';
import { start, system, type TestRuntime, testRuntime } from '../../test/runtime.ts';
import { newId } from '../kernel/ids.ts';
import type { Database } from '../platform/database.ts';
import { announceExpiry, type Grant, giveGrant, grantById, liveGrants, planEndOfHanging } from './index.ts';

describe.each(databaseKinds)('an early end that is said beforehand, on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;
  const at = (hours: number) => Temporal.Instant.from(start).add({ hours });

  beforeAll(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
  });
  afterAll(() => database.close());

  /** An eligibility that hangs on an assignment, and an activation of it. */
  async function scene(): Promise<{ assignmentId: string; eligibility: Grant; activation: Grant }> {
    runtime.clock.set(start);
    const assignmentId = newId();
    const eligibility = await give('eligible', { kind: 'package-assignment', id: assignmentId, endsAt: at(100) });
    const activation = await give('active', { kind: 'grant', id: eligibility.id, endsAt: at(100) });
    return { assignmentId, eligibility, activation };
  }

  function give(
    mode: Grant['mode'],
    link: { kind: 'grant' | 'package-assignment'; id: string; endsAt: Grant['endsAt'] },
  ) {
    return runtime.as(system, (tx) =>
      giveGrant(tx, {
        principal: { kind: 'user', id: newId() },
        privilege: { kind: 'group-member', id: newId(), scope: '/' },
        mode,
        window: { from: tx.now, until: at(90) },
        origin: mode === 'active' ? { kind: 'activation', id: link.id } : { kind: 'package', id: link.id },
        correlation: newId(),
        links: [link],
      }),
    );
  }

  const plan = (id: string, hours: number | null) =>
    runtime.as(system, (tx) => planEndOfHanging(tx, 'package-assignment', id, hours === null ? null : at(hours)));
  const endOf = async ({ id }: Grant) => (await runtime.as(system, (tx) => grantById(tx, id)))?.endedAt ?? null;

  async function lives({ id }: Grant, hours: number): Promise<boolean> {
    runtime.clock.set(at(hours).toString());
    return (await runtime.as(system, (tx) => liveGrants(tx, { id }))).length > 0;
  }

  async function events({ id }: Grant): Promise<string[]> {
    const rows = await database.db
      .withTables<{ event: { type: string; subject: string; sequence: string } }>()
      .selectFrom('event')
      .select('type')
      .where('subject', '=', id)
      .orderBy('sequence')
      .execute();
    return rows.map(({ type }) => type.split('.').at(-1) ?? '');
  }

  test('ends a grant and what hangs on it on the microsecond, though nobody is awake', async () => {
    const { assignmentId, eligibility, activation } = await scene();
    await plan(assignmentId, 10);
    for (const grant of [eligibility, activation]) {
      expect(await lives(grant, 9)).toBe(true);
      runtime.clock.set(at(10).subtract({ microseconds: 1 }).toString());
      expect(await runtime.as(system, (tx) => liveGrants(tx, { id: grant.id }))).toHaveLength(1);
      expect(await lives(grant, 10)).toBe(false);
    }
    await runtime.as(system, (tx) => announceExpiry(tx, eligibility.id));
    await runtime.as(system, (tx) => announceExpiry(tx, eligibility.id));
    expect(await events(eligibility)).toEqual(['given', 'leaving', 'ended']);
  });

  test('can be moved and taken back until it has come', async () => {
    const { assignmentId, eligibility, activation } = await scene();
    await plan(assignmentId, 10);
    await plan(assignmentId, 5);
    expect(await endOf(activation)).toEqual(at(5));
    await plan(assignmentId, null);
    expect([await endOf(eligibility), await endOf(activation)]).toEqual([null, null]);
    expect(await lives(activation, 20)).toBe(true);
    await plan(assignmentId, 30);
    runtime.clock.set(at(40).toString());
    await plan(assignmentId, null);
    expect(await endOf(eligibility)).toEqual(at(30));
    expect(await lives(activation, 41)).toBe(false);
  });

  test('holds for what is given while it lies ahead', async () => {
    const { assignmentId, eligibility } = await scene();
    await plan(assignmentId, 10);
    const later = await give('active', { kind: 'grant', id: eligibility.id, endsAt: at(100) });
    expect(await endOf(later)).toEqual(at(10));
    await plan(assignmentId, null);
    expect(await endOf(later)).toBeNull();
  });
});
