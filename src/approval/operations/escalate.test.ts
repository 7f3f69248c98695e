import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { person, system, type TestRuntime, testRuntime } from '../../../test/runtime.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Database } from '../../platform/database.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { ApproverRule, StageSnapshot } from '../model.ts';
import { loadApprovers } from '../store.ts';
import type { ApproverPorts } from './approvers.ts';
import { approvalState, decideStage, openApproval, takeApprovalBack, withdrawApproval } from './decide.ts';
import { escalate } from './escalate.ts';
import { refreshOpenApprovals } from './refresh.ts';

const [requestor, ann, ben, cem, dee] = [newId(), newId(), newId(), newId(), newId()] as const;
const team = newId();
const user = (userId: Id): ApproverRule => ({ is: 'user', userId });

describe.each(databaseKinds)('escalation on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;
  let members: Id[];
  let gone: Set<Id>;
  let approvalId: Id;

  const ports: ApproverPorts = {
    managerOf: async () => null,
    usersIn: async (_tx, groupId) => (groupId === team ? members : []),
    groupsAround: async (_tx, groupId) => [groupId],
    isUsable: async (_tx, userId) => !gone.has(userId),
    sponsorsOf: async () => [dee],
    connectedSponsorsOf: async () => [],
    accountsOf: async (_tx, userId) => new Set([userId]),
  };

  beforeAll(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
  });
  beforeEach(() => {
    members = [cem];
    gone = new Set();
    approvalId = newId();
  });
  afterAll(() => database.close());

  function as<T>(id: Id, work: (tx: Tx) => Promise<T>): Promise<T> {
    return runtime.as(person(id, 'somebody'), work);
  }

  /** Ann decides; from a day on the team may too, and Dee where the team is empty. */
  function stage(changes: Partial<StageSnapshot> = {}): StageSnapshot {
    return {
      id: newId(),
      primary: [user(ann)],
      fallback: [user(ben)],
      decisionTime: 'P4D',
      isApproverJustificationRequired: false,
      escalation: { after: 'P1D', alternates: [{ is: 'group', groupId: team }], fallback: [{ is: 'sponsors' }] },
      ...changes,
    };
  }

  async function open(...stages: StageSnapshot[]): Promise<Id[]> {
    const given = stages.length > 0 ? stages : [stage()];
    await as(requestor, (tx) =>
      openApproval(tx, {
        id: approvalId,
        door: 'package',
        requestorId: requestor,
        subjectId: requestor,
        stages: given,
        correlation: approvalId,
        ports,
      }),
    );
    return given.map((one) => one.id).sort();
  }

  function advance(by: string): void {
    const duration = Temporal.Duration.from(by).round({ largestUnit: 'hours' });
    runtime.clock.set(runtime.clock.now().add(duration).toString());
  }

  const decide = (who: Id, stageId: Id | undefined, decision: 'approve' | 'deny' = 'approve') =>
    as(who, (tx) => decideStage(tx, { approvalId, stageId: stageId ?? '', decision, justification: 'Because', ports }));
  const able = (position = 1) => as(requestor, (tx) => loadApprovers(tx.db(), approvalId, position, tx.now));
  const due = () => runtime.as(system, (tx) => escalate(tx, approvalId, ports));
  const refused = (code: string) => ({ refusal: { code } });

  async function told(): Promise<{ type: string; data: Record<string, unknown> }[]> {
    const rows = await database.db
      .withTables<{ event: { type: string; data: Record<string, unknown>; correlation_id: Id; sequence: string } }>()
      .selectFrom('event')
      .select(['type', 'data'])
      .where('correlation_id', '=', approvalId)
      .orderBy('sequence')
      .execute();
    return rows.map(({ type, data }) => ({ type: type.replace('package-approval.', ''), data }));
  }
  const types = async () => (await told()).map((event) => event.type);

  test('§1.7 pain 2, pain 15: lets alternates decide from the second on though no worker lives, and the primary approvers still', async () => {
    const [one] = await open();
    advance('PT23H59M59S');
    expect(await able()).toEqual([ann]);
    await expect(decide(cem, one)).rejects.toMatchObject(refused('NotAnApprover'));
    advance('PT1S');
    expect((await able()).sort()).toEqual([ann, cem].sort());
    expect(await decide(cem, one)).toMatchObject({ is: 'approved' });
    expect(await types()).toEqual(['opened', 'stageOpened', 'escalated', 'stageApproved']);

    approvalId = newId();
    const [other] = await open();
    advance('P2D');
    expect(await decide(ann, other)).toMatchObject({ is: 'approved' });
  });

  test('is announced once, with everybody who can act', async () => {
    await open();
    await due();
    advance('P1D');
    await due();
    await due();
    const events = await told();
    expect(events.map((event) => event.type)).toEqual(['opened', 'stageOpened', 'escalated']);
    expect(events[1]?.data).toMatchObject({ approverIds: [ann], escalationIds: [cem], escalationSource: 'alternate' });
    expect(events[1]?.data['escalatesAt']).toBe(events[2]?.data['escalatesAt']);
    expect(events[2]?.data).toMatchObject({
      stage: 1,
      stages: 1,
      requestorId: requestor,
      subjectId: requestor,
      approverIds: [ann],
      escalationIds: [cem],
      deadline: events[1]?.data['deadline'],
      earlier: [],
    });
  });

  test('asks the alternates’ fallback when they have gone, before and after it has come', async () => {
    const [one] = await open();
    gone.add(cem);
    await as(requestor, (tx) => refreshOpenApprovals(tx, ports));
    expect((await told()).at(-1)?.data).toMatchObject({
      approverIds: [ann],
      escalationIds: [dee],
      addedIds: [],
      removedIds: [],
    });
    advance('P1D');
    expect((await able()).sort()).toEqual([ann, dee].sort());
    gone.delete(cem);
    await as(requestor, (tx) => refreshOpenApprovals(tx, ports));
    expect((await told()).at(-1)?.data).toMatchObject({ addedIds: [cem], removedIds: [dee] });
    await expect(decide(dee, one)).rejects.toMatchObject(refused('NotAnApprover'));
    expect(await decide(cem, one)).toMatchObject({ is: 'approved' });
  });

  test('lets an alternate who has left the group decide no more, whatever was written down', async () => {
    const [one] = await open();
    advance('P1D');
    await due();
    members = [];
    await expect(decide(cem, one)).rejects.toMatchObject(refused('NotAnApprover'));
    expect(await decide(dee, one, 'deny')).toMatchObject({ is: 'denied' });
  });

  test('never comes to a stage that was decided before, nor to its approvers', async () => {
    const [one] = await open(stage(), stage({ primary: [user(ben)], fallback: [] }));
    await decide(ann, one);
    advance('P1D');
    expect(await able(1)).toEqual([ann]);
    await due();
    expect((await told()).filter((event) => event.type === 'escalated').map((event) => event.data['stage'])).toEqual([
      2,
    ]);
    expect((await told()).at(-1)?.data['earlier']).toMatchObject([{ stage: 1, approverId: ann }]);
  });

  test('is told of a stage that has timed out since, so that the record is whole', async () => {
    await open();
    advance('P10D');
    await due();
    expect(await types()).toEqual(['opened', 'stageOpened', 'escalated']);
    expect(await as(requestor, (tx) => approvalState(tx, approvalId))).toMatchObject({ is: 'timedOut' });
  });

  test('is not told of a request that was withdrawn before', async () => {
    await open();
    await as(requestor, (tx) => withdrawApproval(tx, approvalId));
    advance('P1D');
    await due();
    expect(await types()).toEqual(['opened', 'stageOpened', 'withdrawn']);
    expect(await able()).toEqual([ann]);
  });

  test('an approval taken back in a later stage denies the request for good', async () => {
    const [one, two] = await open(stage(), stage({ primary: [user(ben)], fallback: [] }));
    await decide(ann, one);
    const takeBack = (who: Id) => as(who, (tx) => takeApprovalBack(tx, approvalId, 'A mistake'));
    await expect(takeBack(ben)).rejects.toMatchObject(refused('ApprovalNotGiven'));
    expect(await takeBack(ann)).toMatchObject({ is: 'denied', by: ann, stage: 1 });
    await expect(takeBack(ann)).rejects.toMatchObject(refused('ApprovalClosed'));
    await expect(decide(ben, two)).rejects.toMatchObject(refused('ApprovalClosed'));
    expect((await told()).at(-1)).toMatchObject({
      type: 'approvalTakenBack',
      data: { takenBackStage: 1, stage: 2, approverIds: [ben] },
    });
  });
});
