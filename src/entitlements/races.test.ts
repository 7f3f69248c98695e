import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor, root, stage } from '../../test/first-door.ts';
import type { UserCaller } from '../kernel/caller.ts';
import type { Id } from '../kernel/ids.ts';

// Once with the other tests; hundreds of rounds with `npm run test:deep`.
const rounds = Array.from({ length: process.env['SALLYPORT_DEEP'] === '1' ? 100 : 1 }, (_, round) => round + 1);

describe('people at the first door at the same moment', () => {
  let door: FirstDoor;
  let approvers: UserCaller[];
  let groupId: Id;
  let packageId: Id;

  beforeAll(async () => {
    door = await openFirstDoor('postgres');
    approvers = [await door.hire('ann'), await door.hire('ben'), await door.hire('cem')];
    groupId = await door.group('GRP');
    packageId = await door.package(groupId);
    await door.policy(packageId, {
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stage(approvers), stage(approvers)] },
    });
  });
  afterAll(() => door.close());

  async function together(calls: readonly (() => Promise<{ status: number }>)[]): Promise<number[]> {
    return (await Promise.all(calls.map((call) => call()))).map((answer) => answer.status).sort();
  }

  describe.each(rounds)('in round %i', (round) => {
    test('§1.23 ask once', async () => {
      const requestor = await door.hire(`rita-${round}`);
      const ask = () => door.ask(requestor, packageId);
      expect(await together([ask, ask, ask])).toEqual([201, 400, 400]);
    });

    test('§1.4 decide a stage once', async () => {
      const requestor = await door.hire(`rolf-${round}`);
      const { id } = (await door.ask(requestor, packageId)).body;
      expect(await together(approvers.map((one) => () => door.decide(one, id, 'Approve', 1)))).toEqual([204, 409, 409]);
      const { body } = await door.send(door.admin, 'GET', `${root}/assignmentRequests/${id}`);
      expect(body.state).toBe('pendingApproval');
    });

    test('are given a package once', async () => {
      const target = await door.hire(`tina-${round}`);
      const give = () =>
        door.ask(door.admin, packageId, {
          requestType: 'adminAdd',
          assignment: { targetId: target.id, accessPackageId: packageId },
        });
      expect(await together([give, give, give])).toEqual([201, 400, 400]);
      expect(await door.holds(target, groupId)).toBe(true);
    });

    test('either cancel or decide', async () => {
      const requestor = await door.hire(`rosa-${round}`);
      const { id } = (await door.ask(requestor, packageId)).body;
      const [first] = approvers;
      const statuses = await Promise.all([
        door.send(requestor, 'POST', `${root}/assignmentRequests/${id}/cancel`),
        door.decide(first ?? door.admin, id, 'Deny', 1),
      ]);
      const { body } = await door.send(door.admin, 'GET', `${root}/assignmentRequests/${id}`);
      expect([
        statuses[0].status === 204 ? 'canceled' : 'denied',
        statuses.filter(({ status }) => status === 204).length,
      ]).toEqual([body.state, 1]);
    });
  });
});
