import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { freshDatabase } from '../../../test/postgres.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Database } from '../../platform/database.ts';
import { silent } from '../../platform/log.ts';
import { operate, type Runtime, type Tx } from '../../platform/transaction.ts';
import type { ApprovalState } from '../model.ts';
import { loadApprovers } from '../store.ts';
import type { ApproverPorts } from './approvers.ts';
import { approvalState, decideStage, openApproval, withdrawApproval } from './decide.ts';
import { refreshOpenApprovals } from './refresh.ts';

const [requestor, manager, deputy, ciso, stranger] = [newId(), newId(), newId(), newId(), newId()] as const;
const securityTeam = newId();

describe('an approval on a database', () => {
  let database: Database;
  let now: Instant;
  let managers: Map<Id, Id>;
  let groups: Map<Id, Id[]>;
  let shut: Set<Id>;
  let approvalId: Id;
  let stageIds: [Id, Id];

  const ports: ApproverPorts = {
    managerOf: async (_tx, userId) => managers.get(userId) ?? null,
    usersIn: async (_tx, groupId) => groups.get(groupId) ?? [],
    groupsAround: async (_tx, groupId) => [groupId],
    isUsable: async (_tx, userId) => !shut.has(userId),
    sponsorsOf: async () => [],
    connectedSponsorsOf: async () => [],
    accountsOf: async (_tx, userId) => new Set([userId]),
  };

  beforeEach(async () => {
    database = await freshDatabase('embedded');
    now = Temporal.Instant.from('2027-01-04T12:00:00Z');
    managers = new Map([[requestor, manager]]);
    groups = new Map([[securityTeam, [ciso, manager]]]);
    shut = new Set();
    approvalId = newId();
    // The engine hands stages their ids in ascending order.
    stageIds = [newId(), newId()].sort() as [Id, Id];
  });
  afterEach(() => database.close());

  function as<T>(id: Id, work: (tx: Tx) => Promise<T>): Promise<Outcome<T>> {
    const caller: UserCaller = {
      kind: 'user',
      id,
      userPrincipalName: 'someone@sallyport.example',
      displayName: 'Someone',
      appId: newId(),
      mfaAt: null,
    };
    const runtime: Runtime = {
      db: database.db,
      clock: { now: () => now },
      realClock: { now: () => now },
      log: silent,
      subscribers: new Map(),
      nudge: () => undefined,
    };
    return operate(runtime, { caller, requestId: newId(), attempts: 'test' }, work);
  }

  async function open(): Promise<ApprovalState> {
    const outcome = await as(requestor, (tx) =>
      openApproval(tx, {
        id: approvalId,
        door: 'package',
        requestorId: requestor,
        subjectId: requestor,
        correlation: newId(),
        ports,
        stages: [
          {
            id: stageIds[0],
            primary: [{ is: 'manager', level: 1 }],
            fallback: [{ is: 'user', userId: deputy }],
            decisionTime: 'P1D',
            isApproverJustificationRequired: true,
          },
          {
            id: stageIds[1],
            primary: [{ is: 'group', groupId: securityTeam }],
            fallback: [{ is: 'user', userId: deputy }],
            decisionTime: 'P1D',
            isApproverJustificationRequired: false,
          },
        ],
      }),
    );
    if (outcome.is === 'refused') throw new Error(outcome.refusal.code);
    return outcome.value;
  }

  function decide(id: Id, stageId: Id, decision: 'approve' | 'deny' = 'approve') {
    return as(id, (tx) => decideStage(tx, { approvalId, stageId, decision, justification: 'Because', ports }));
  }

  async function approversOf(stage: number): Promise<Id[]> {
    const outcome = await as(requestor, async (tx) => loadApprovers(tx.db(), approvalId, stage, tx.now));
    return outcome.is === 'accepted' ? outcome.value : [];
  }

  test('passes its stages one after the other, each by another person', async () => {
    expect(await open()).toMatchObject({ is: 'pending', stage: 1 });
    expect(await decide(manager, stageIds[0])).toMatchObject({ value: { is: 'pending', stage: 2 } });
    expect(await approversOf(2)).toEqual([ciso]);
    expect(await decide(manager, stageIds[1])).toMatchObject({ refusal: { code: 'DistinctApproversRequired' } });
    expect(await decide(ciso, stageIds[1])).toMatchObject({ value: { is: 'approved' } });
  });

  test('refuses a stranger, the requestor and a second decision', async () => {
    await open();
    expect(await decide(stranger, stageIds[0])).toMatchObject({
      refusal: { kind: 'forbidden', code: 'NotAnApprover' },
    });
    expect(await decide(requestor, stageIds[0])).toMatchObject({
      refusal: { kind: 'forbidden', code: 'OwnRequestNotDecidable' },
    });
    await decide(manager, stageIds[0], 'deny');
    expect(await decide(manager, stageIds[0])).toMatchObject({
      refusal: { kind: 'conflict', code: 'ApprovalStageDecided' },
    });
    const unknown = as(manager, (tx) =>
      decideStage(tx, { approvalId: newId(), stageId: stageIds[0], decision: 'deny', justification: '', ports }),
    );
    expect(await unknown).toMatchObject({ refusal: { kind: 'absent', code: 'ApprovalNotFound' } });
  });

  test('times out without anybody doing anything', async () => {
    await open();
    now = now.add({ hours: 24 });
    expect(await as(requestor, (tx) => approvalState(tx, approvalId))).toMatchObject({
      value: { is: 'timedOut', stage: 1 },
    });
    expect(await decide(manager, stageIds[0])).toMatchObject({ refusal: { code: 'ApprovalStageExpired' } });
  });

  test('§1.9 pain 12: asks the fallback when the manager goes while it is pending, and the manager again when back', async () => {
    await open();
    shut.add(manager);
    await as(requestor, (tx) => refreshOpenApprovals(tx, ports));
    expect(await approversOf(1)).toEqual([deputy]);
    shut.delete(manager);
    await as(requestor, (tx) => refreshOpenApprovals(tx, ports));
    expect(await approversOf(1)).toEqual([manager]);
    expect(await decide(deputy, stageIds[0])).toMatchObject({ refusal: { code: 'NotAnApprover' } });
  });

  test('pain 16: a person who has left the group cannot decide, whatever was written down', async () => {
    await open();
    await decide(manager, stageIds[0]);
    groups.set(securityTeam, []);
    expect(await decide(ciso, stageIds[1])).toMatchObject({ refusal: { code: 'NotAnApprover' } });
    expect(await decide(deputy, stageIds[1])).toMatchObject({ value: { is: 'approved' } });
  });

  test('is withdrawn with its request', async () => {
    await open();
    expect(await as(requestor, (tx) => withdrawApproval(tx, approvalId))).toMatchObject({ value: { is: 'withdrawn' } });
    expect(await decide(manager, stageIds[0])).toMatchObject({ refusal: { code: 'ApprovalClosed' } });
  });
});
