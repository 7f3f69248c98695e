import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/postgres.ts';
import type { ApprovalState } from '../../approval/index.ts';
import { progressOf } from '../../approval/progress.ts';
import { newId } from '../../kernel/ids.ts';
import { accept, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Database } from '../../platform/database.ts';
import { isInState as assignmentIsInState, stateAt as assignmentStateAt } from '../assignment/entity.ts';
import { assignmentState, assignmentTransitions } from '../assignment/model.ts';
import { isInState, stateAt } from './entity.ts';
import {
  afterDelivery,
  cancel,
  isWaiting,
  type RequestState,
  remove,
  requestState,
  requestTransitions,
  stepAfter,
} from './machine.ts';

const start = Temporal.Instant.from('2027-01-04T12:00:00Z');
const later = (hours: number) => start.add({ hours });
const instants = fc.integer({ min: 0, max: 48 }).map(later);
const askers = ['requestor', 'administrator'] as const;
const names = Object.keys(requestTransitions).filter((name) => name !== 'new') as RequestState['is'][];

const states: fc.Arbitrary<RequestState> = fc.oneof(
  instants.map((until) => ({ is: 'pendingApproval', until }) as const),
  instants.map((from) => ({ is: 'scheduled', from }) as const),
  instants.map((at) => ({ is: 'delivered', at }) as const),
  instants.map((at) => ({ is: 'deliveryFailed', at, cause: 'ResourceGone' }) as const),
  fc.record({
    is: fc.constant('denied' as const),
    at: instants,
    cause: fc.constantFrom('decision' as const, 'time' as const),
  }),
  instants.map((at) => ({ is: 'canceled', at }) as const),
);

const approvals: fc.Arbitrary<ApprovalState> = fc.oneof(
  instants.map((deadline) => ({ is: 'pending', stage: 1, opensAt: start, deadline, escalatesAt: null }) as const),
  instants.map((at) => ({ is: 'approved', at }) as const),
  instants.map((at) => ({ is: 'denied', at, by: 'somebody', stage: 1 }) as const),
  instants.map((at) => ({ is: 'timedOut', at, stage: 1 }) as const),
  instants.map((at) => ({ is: 'withdrawn', at, stage: 1 }) as const),
);

describe('§1.19 the machine of requests', () => {
  test('§1.20 moves only along its table', () => {
    fc.assert(
      fc.property(states, approvals, instants, fc.constantFrom(...askers), (state, approval, now, by) => {
        const follows = (next: RequestState) => requestTransitions[state.is].includes(next.is);
        const seen = requestState(state, now);
        if (seen !== state) expect(follows(seen)).toBe(true);
        const cancelled = cancel(state, by, now);
        if (cancelled.is === 'accepted') expect(follows(cancelled.value)).toBe(true);
        expect(cancelled.is === 'accepted').toBe(
          isWaiting(state, now) || (by === 'administrator' && seen.is === 'deliveryFailed'),
        );
        const step = stepAfter(approval);
        if (state.is === 'pendingApproval' && step.is !== 'deliver') expect(follows(step.state)).toBe(true);
        if (!['pendingApproval', 'scheduled', 'deliveryFailed'].includes(state.is)) return;
        expect(follows(afterDelivery(accept(1), now))).toBe(true);
        expect(follows(afterDelivery(refuse('conflict', 'ResourceGone', ''), now))).toBe(true);
      }),
    );
  });

  test('so does an assignment, as time passes', () => {
    const ends = fc.option(instants, { nil: null });
    fc.assert(
      fc.property(ends, ends, instants, fc.nat({ max: 48 }), (endsAt, endedAt, now, hours) => {
        const before = assignmentState({ endsAt, endedAt }, now).is;
        const after = assignmentState({ endsAt, endedAt }, now.add({ hours })).is;
        if (before !== after) expect(assignmentTransitions[before]).toContain(after);
      }),
    );
  });

  test('ends for good', () => {
    for (const name of ['delivered', 'denied', 'canceled'] as const) expect(requestTransitions[name]).toEqual([]);
    expect(requestTransitions.deliveryFailed).not.toContain('pendingApproval');
    expect(assignmentTransitions.expired).toEqual([]);
  });

  test('§1.22 only what has ended without an assignment can be deleted', () => {
    expect(remove({ is: 'denied', at: start, cause: 'time' }, null, start).is).toBe('accepted');
    expect(remove({ is: 'delivered', at: start }, newId(), start)).toMatchObject({
      refusal: { code: 'RequestNotDeletable' },
    });
    expect(remove({ is: 'pendingApproval', until: later(1) }, null, start)).toMatchObject({
      refusal: { code: 'RequestNotDeletable' },
    });
    expect(remove({ is: 'scheduled', from: later(1) }, null, later(2))).toMatchObject({
      refusal: { code: 'RequestNotDeletable' },
    });
    expect(remove({ is: 'pendingApproval', until: later(1) }, null, later(1)).is).toBe('accepted');
  });
});

describe('time', () => {
  test('denies a request from the very instant at which it times its approval out', () => {
    const stage = { primary: [], fallback: [], decisionTime: 'PT12H', isApproverJustificationRequired: false };
    const approve = (when: Instant, index: number) =>
      ({ stage: index + 1, voterId: newId(), decision: 'approve', justification: '', at: when }) as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(instants, { maxLength: 3 }), instants, (count, at, now) => {
        const stages = Array.from({ length: count }, () => ({ ...stage, id: newId() }));
        const votes = at.toSorted(Temporal.Instant.compare).map(approve);
        const facts = { stages, openedAt: start, withdrawnAt: null, votes };
        const written = stepAfter(progressOf(facts, votes.at(-1)?.at ?? start));
        if (written.is !== 'wait') return;
        const step = stepAfter(progressOf(facts, now));
        expect(step.is).not.toBe('deliver');
        expect(JSON.stringify(step)).toBe(JSON.stringify({ is: step.is, state: requestState(written.state, now) }));
      }),
    );
  });
});

describe('states in SQL', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase('embedded');
  });
  afterAll(() => database.close());

  const row = (name: string) => sql`${sql.ref(`one.${name}`)}`;

  async function one<T>(query: ReturnType<typeof sql<T>>): Promise<T | undefined> {
    return (await query.execute(database.db)).rows[0];
  }

  test('of requests agree with the machine', async () => {
    await fc.assert(
      fc.asyncProperty(states, instants, async (state, now) => {
        const until = state.is === 'pendingApproval' ? state.until : null;
        const found = await one(sql<{ state: string }>`select ${stateAt(row, { now })} as state
          from (select ${state.is}::text as state, ${until}::timestamptz as pending_until) as one`);
        expect(found?.state).toBe(requestState(state, now).is);
        // The same for what a filter looks for, state by state.
        const kept = sql`select ${state.is}::text as state, ${until}::timestamptz as pending_until`;
        const each = names.map(
          (name) => sql`select ${name}::text as name, ${isInState(row, name, { now })} as "isIn" from (${kept}) as one`,
        );
        const { rows } = await sql<{ name: string; isIn: boolean | null }>`${sql.join(each, sql` union all `)}`.execute(
          database.db,
        );
        expect(rows.filter(({ isIn }) => isIn).map(({ name }) => name)).toEqual([requestState(state, now).is]);
      }),
    );
  });

  test('of assignments agree with the machine', async () => {
    const ends = fc.option(instants, { nil: null });
    await fc.assert(
      fc.asyncProperty(ends, ends, instants, async (endsAt, endedAt, now) => {
        const found = await one(sql<{ state: string }>`select ${assignmentStateAt(row, { now })} as state
          from (select ${endsAt}::timestamptz as ends_at, ${endedAt}::timestamptz as ended_at) as one`);
        expect(found?.state).toBe(assignmentState({ endsAt, endedAt }, now).is);
        const kept = sql`select ${endsAt}::timestamptz as ends_at, ${endedAt}::timestamptz as ended_at`;
        const each = ['delivering', 'delivered', 'expired'].map(
          (name) => sql`select ${name}::text as name,
          ${assignmentIsInState(row, name, { now })} as "isIn" from (${kept}) as one`,
        );
        const { rows } = await sql<{ name: string; isIn: boolean }>`${sql.join(each, sql` union all `)}`.execute(
          database.db,
        );
        expect(rows.filter(({ isIn }) => isIn).map(({ name }) => name)).toEqual([found?.state]);
      }),
    );
  });

  test('the table takes the states that the machine knows, with what belongs to them, and no others', async () => {
    const either = [null, start];
    const all = [...names, 'submitted', 'approved', 'delivering'].flatMap((state) =>
      either.flatMap((pendingUntil) =>
        either.flatMap((startsAt) =>
          either.flatMap((completedAt) =>
            [null, 'decision', 'time', 'ResourceGone'].map((cause) => ({
              state,
              pendingUntil,
              startsAt,
              completedAt,
              cause,
            })),
          ),
        ),
      ),
    );
    for (const columns of all) expect([columns, await takes(columns)]).toEqual([columns, isState(columns)]);
  });

  interface Columns {
    readonly state: string;
    readonly pendingUntil: Instant | null;
    readonly startsAt: Instant | null;
    readonly completedAt: Instant | null;
    readonly cause: string | null;
  }

  function isState({ state, pendingUntil, startsAt, completedAt, cause }: Columns): boolean {
    const instantsThere = [pendingUntil !== null, startsAt !== null, completedAt !== null].join();
    switch (state) {
      case 'pendingApproval':
        return instantsThere === 'true,false,false' && cause === null;
      case 'scheduled':
        return instantsThere === 'false,true,false' && cause === null;
      case 'denied':
        return instantsThere === 'false,false,true' && (cause === 'decision' || cause === 'time');
      case 'deliveryFailed':
        return instantsThere === 'false,false,true' && cause !== null;
      case 'delivered':
      case 'canceled':
        return instantsThere === 'false,false,true' && cause === null;
      default:
        return false;
    }
  }

  /** Whether the table's CHECK constraints let the row in; foreign keys are not asked about a copy. */
  async function takes({ state, pendingUntil, startsAt, completedAt, cause }: Columns): Promise<boolean> {
    await sql`create temporary table if not exists copy (like assignment_request including constraints)`.execute(
      database.db,
    );
    const id = newId();
    try {
      await sql`insert into copy (id, request_type, package_id, policy_id, requestor_id, target_id, answers, schedule,
          snapshot, created_at, correlation_id, state, pending_until, starts_at, completed_at, cause)
        values (${id}, 'userAdd', ${id}, ${id}, ${id}, ${id}, '[]', '{}', '{}', ${start}, ${id}, ${state},
          ${pendingUntil}, ${startsAt}, ${completedAt}, ${cause})`.execute(database.db);
      return true;
    } catch {
      return false;
    }
  }
});
