import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../test/postgres.ts';
import { type Id, newId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { Database } from '../platform/database.ts';
import { casesOf } from './asked/entity.ts';
import { loadWaiting } from './asked/store.ts';
import { stagesAt } from './entity.ts';
import type { Approval, ApprovalState } from './model.ts';
import { progressOf } from './progress.ts';
import {
  type ApprovalTables,
  insertApproval,
  insertVote,
  markDecided,
  markTakenBack,
  markWithdrawn,
  saveAsked,
} from './store.ts';

const opened = Temporal.Instant.from('2027-01-04T12:00:00Z');

/** What Graph's status of each stage follows from, told by the one function that decides. */
function expected(approval: Approval, state: ApprovalState): string[] {
  return approval.stages.map((_, index) => {
    const stage = index + 1;
    if (approval.votes.some((vote) => vote.stage === stage)) return 'Completed';
    if (state.is !== 'pending') return 'Expired';
    return stage === state.stage ? 'InProgress' : 'Initializing';
  });
}

/** Somebody who is asked at every stage of the approval that was made last. */
let approver = newId();

/** What the lists of somebody who is asked at every stage say of an approval. */
function askedOf({ id }: Approval, state: ApprovalState): { cases: object[]; waiting: object[] } {
  if (state.is !== 'pending') {
    return { cases: [{ state: state.is, ended: state.at, deadline: null, asked: false }], waiting: [] };
  }
  const { stage, deadline } = state;
  return {
    cases: [{ state: 'pending', ended: null, deadline, asked: true }],
    waiting: [{ id, door: 'package', stage, deadline }],
  };
}

const drawn = fc.record({
  times: fc.array(fc.constantFrom('P1D', 'PT36H', 'P14D'), { minLength: 1, maxLength: 3 }),
  votes: fc.array(fc.record({ hours: fc.integer({ min: 0, max: 20 }), deny: fc.boolean() }), { maxLength: 3 }),
  takenBackAfter: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  withdrawnAfter: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }),
  seen: fc.array(fc.integer({ min: 0, max: 24 * 30 }), { minLength: 1, maxLength: 4 }),
});

describe('the status of stages in SQL', () => {
  let database: Database;
  beforeAll(async () => {
    database = await freshDatabase('embedded');
  });
  afterAll(() => database.close());

  async function keep({
    times,
    votes,
    takenBackAfter,
    withdrawnAfter,
  }: {
    times: string[];
    votes: { hours: number; deny: boolean }[];
    takenBackAfter: number | null;
    withdrawnAfter: number | null;
  }): Promise<{ approval: Approval; last: Instant }> {
    const db = database.db.withTables<Pick<ApprovalTables, keyof ApprovalTables>>();
    let approval: Approval = {
      id: newId(),
      door: 'package',
      requestorId: newId(),
      subjectId: newId(),
      about: null,
      justification: null,
      openedAt: opened,
      withdrawnAt: null,
      correlation: newId(),
      votes: [],
      stages: times.map((decisionTime) => ({
        id: newId(),
        primary: [],
        fallback: [],
        decisionTime,
        isApproverJustificationRequired: false,
      })),
    };
    await insertApproval(db, approval);
    approver = newId();
    const asked = [{ userId: approver, source: 'primary', from: opened } as const];
    for (const index of times.keys()) await saveAsked(db, approval.id, index + 1, asked, opened);
    let at = opened;
    for (const { hours, deny } of votes) {
      if (progressOf(approval, at).is !== 'pending') break;
      at = at.add({ hours });
      const vote = {
        stage: approval.votes.length + 1,
        voterId: newId(),
        decision: deny ? 'deny' : 'approve',
        justification: '',
        at,
      } as const;
      approval = { ...approval, votes: [...approval.votes, vote] };
      await insertVote(db, approval.id, vote, 'Somebody');
      // As `decideStage` does.
      if (progressOf(approval, at).is !== 'pending') await markDecided(db, approval.id, at);
    }
    return ended(approval, at, { takenBackAfter, withdrawnAfter });
  }

  /** Takes an approval back and withdraws the request, where this was drawn and can be. */
  async function ended(
    before: Approval,
    since: Instant,
    { takenBackAfter, withdrawnAfter }: { takenBackAfter: number | null; withdrawnAfter: number | null },
  ): Promise<{ approval: Approval; last: Instant }> {
    const db = database.db.withTables<Pick<ApprovalTables, keyof ApprovalTables>>();
    let [approval, at] = [before, since];
    if (takenBackAfter !== null) {
      approval = await regret(db, approval, at.add({ hours: takenBackAfter }));
      at = at.add({ hours: takenBackAfter });
    }
    if (withdrawnAfter !== null && progressOf(approval, at).is === 'pending') {
      at = at.add({ hours: withdrawnAfter });
      approval = { ...approval, withdrawnAt: at };
      await markWithdrawn(db, approval.id, at);
    }
    return { approval, last: at };
  }

  async function regret(db: Parameters<typeof markTakenBack>[0], approval: Approval, at: Instant): Promise<Approval> {
    const given = approval.votes.findLast((vote) => vote.decision === 'approve');
    if (given === undefined || progressOf(approval, at).is !== 'pending') return approval;
    await markTakenBack(db, approval.id, given.stage, at, 'A mistake');
    const regretted = { ...given, takenBackAt: at };
    return { ...approval, votes: approval.votes.map((vote) => (vote === given ? regretted : vote)) };
  }

  async function seen(id: Id, now: Instant): Promise<string[]> {
    const { rows } = await sql<{ status: string }>`select step.status from ${stagesAt({ now })} as step
      where step.approval_id = ${id} order by step.stage`.execute(database.db);
    return rows.map((row) => row.status);
  }

  async function casesNow(now: Instant): Promise<object[]> {
    const { rows } = await sql<object>`select one.state, one.ended_at as ended, one.deadline, one.is_asked as asked
      from ${casesOf(sql`${approver}::uuid`, { now })} as one`.execute(database.db);
    return rows;
  }

  test('agrees with the function that decides, whatever happened and whenever one looks', async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async (one) => {
        const { approval, last } = await keep(one);
        for (const hours of one.seen) {
          const now = last.add({ hours });
          const state = progressOf(approval, now);
          expect(await seen(approval.id, now)).toEqual(expected(approval, state));
          const { cases, waiting } = askedOf(approval, state);
          expect(await casesNow(now)).toEqual(cases);
          expect(await loadWaiting(database.db, approver, now)).toMatchObject(waiting);
        }
      }),
    );
  });
});
