import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { start, system, type TestRuntime, testRuntime } from '../../../test/runtime.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Database } from '../../platform/database.ts';
import type { StoredEvent } from '../../platform/events.ts';
import type { ApproverRule, StageSnapshot } from '../model.ts';
import { loadOpenApprovals } from '../store.ts';
import type { ApproverPorts } from './approvers.ts';
import { openApproval } from './decide.ts';
import { approvalSubscribers } from './refresh.ts';

const [outer, inner, other, user, requestor] = [newId(), newId(), newId(), newId(), newId()];

describe.each(databaseKinds)('a change looks at the waiting approvals that it may matter to, on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;
  /** The approvals whose approvers were looked for. */
  let looked: Set<string>;
  const requestors = new Map<Id, string>();
  const ports: ApproverPorts = {
    managerOf: async () => newId(),
    usersIn: async () => [newId()],
    groupsAround: async (_tx, id) => (id === inner ? [inner, outer] : [id]),
    sponsorsOf: async () => [newId()],
    connectedSponsorsOf: async () => [newId()],
    isUsable: async () => true,
    accountsOf: async (_tx, id) => {
      const name = requestors.get(id);
      if (name !== undefined) looked.add(name);
      return new Set([id]);
    },
  };
  const stage = (rule: ApproverRule): StageSnapshot => ({
    id: newId(),
    primary: [rule],
    fallback: [],
    decisionTime: 'P3D',
    isApproverJustificationRequired: false,
  });

  async function open(name: string, subjectId: Id, ...stages: readonly StageSnapshot[]): Promise<void> {
    requestors.set(subjectId, name);
    const asked = {
      id: newId(),
      door: 'package',
      requestorId: subjectId,
      subjectId,
      stages,
      correlation: newId(),
    } as const;
    await runtime.as(system, (tx) => openApproval(tx, { ...asked, ports }));
  }

  beforeAll(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
    looked = new Set();
    await open('a user', newId(), stage({ is: 'user', userId: user }));
    await open('the outer group', newId(), stage({ is: 'group', groupId: outer }));
    await open('another group', newId(), stage({ is: 'group', groupId: other }));
    await open('a manager', newId(), stage({ is: 'manager', level: 1 }));
    await open('sponsors', requestor, stage({ is: 'sponsors' }));
    await open('connected sponsors', newId(), stage({ is: 'connectedSponsors', side: 'internal' }));
    const alternates = [{ is: 'group', groupId: inner }] as const;
    const stranger = stage({ is: 'user', userId: newId() });
    await open('alternates', newId(), { ...stranger, escalation: { after: 'P1D', alternates, fallback: [] } });
  });
  afterAll(() => database.close());

  async function lookedAtBy(type: string, subject: Id, privilegeId?: Id): Promise<string[]> {
    looked = new Set();
    const event = { type, subject, data: { privilegeId } } as unknown as StoredEvent;
    for (const subscriber of approvalSubscribers(ports).get(type) ?? []) {
      await runtime.as(system, (tx) => subscriber(tx, event));
    }
    return [...looked].sort();
  }
  const all = () => [...requestors.values()].sort();
  const withSponsors = ['connected sponsors', 'sponsors'];

  test.each<[string, Id, Id | undefined, readonly string[]]>([
    ['group-member.active.given', newId(), other, ['another group', ...withSponsors]],
    ['group-member.active.ended', newId(), inner, ['alternates', ...withSponsors, 'the outer group']],
    ['group-member.active.expired', newId(), newId(), withSponsors],
    ['group.deleted', outer, undefined, [...withSponsors, 'the outer group']],
    ['user.managerChanged', newId(), undefined, ['a manager']],
    ['user.sponsorsChanged', requestor, undefined, ['sponsors']],
    ['user.sponsorsChanged', newId(), undefined, []],
    ['connected-organization.updated', newId(), undefined, ['connected sponsors']],
    [
      'user.disabled',
      user,
      undefined,
      ['a manager', 'a user', 'alternates', 'another group', ...withSponsors, 'the outer group'],
    ],
    [
      'user.enabled',
      newId(),
      undefined,
      ['a manager', 'alternates', 'another group', ...withSponsors, 'the outer group'],
    ],
  ])('%s', async (type, subject, privilegeId, names) => {
    expect(await lookedAtBy(type, subject, privilegeId)).toEqual([...names].sort());
  });

  test('all of them where it is about who people are, and none whose time to decide is over', async () => {
    expect(await lookedAtBy('linked-accounts.created', newId())).toEqual(all());
    const openAt = (at: string) => runtime.as(system, (tx) => loadOpenApprovals(tx.db(), Temporal.Instant.from(at)));
    const deadline = Temporal.Instant.from(start).add({ hours: 72 });
    expect(await openAt(deadline.subtract({ microseconds: 1 }).toString())).toHaveLength(all().length);
    expect(await openAt(deadline.toString())).toEqual([]);
  });
});
