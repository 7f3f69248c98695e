import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor, root, stage } from '../../../test/first-door.ts';
import type { Id } from '../../kernel/ids.ts';

const rounds = process.env['SALLYPORT_DEEP'] === '1' ? 200 : 12;

describe('packages that exclude each other', () => {
  let door: FirstDoor;
  let groups: readonly [Id, Id];
  let straight: readonly [Id, Id];
  let one: readonly [Id, Id];

  beforeAll(async () => {
    door = await openFirstDoor('postgres');
    groups = [await door.group('EAST'), await door.group('WEST')];
    straight = await pair({});
    one = await pair({}, false);
  });
  afterAll(() => door.close());

  async function pair(policy: object, bothWays = true): Promise<readonly [Id, Id]> {
    const [east, west] = [await door.package(groups[0]), await door.package(groups[1])] as const;
    await Promise.all([door.policy(east, policy), door.policy(west, policy)]);
    const mark = (id: Id, other: Id) =>
      door.send(door.admin, 'POST', `${root}/accessPackages/${id}/incompatibleAccessPackages/$ref`, {
        '@odata.id': `https://graph.microsoft.com/v1.0${root}/accessPackages/${other}`,
      });
    expect((await mark(east, west)).status).toBe(204);
    if (bothWays) expect((await mark(west, east)).status).toBe(204);
    return [east, west];
  }

  test('are never both delivered, however they are asked for at once', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const target = await door.hire(`asks-${round}`);
      const [east, west] = round % 2 === 0 ? straight : [straight[1], straight[0]];
      const assignment = { targetId: target.id, accessPackageId: west };
      const answers = await Promise.all([
        door.ask(target, east),
        round % 3 === 0 ? door.ask(door.admin, west, { requestType: 'adminAdd', assignment }) : door.ask(target, west),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 400]);
      const held = [await door.holds(target, groups[0]), await door.holds(target, groups[1])];
      expect(held.filter(Boolean)).toHaveLength(1);
    }
  });

  test('are never both delivered, when both are approved at once', async () => {
    const approver = await door.hire('approver');
    const policy = { requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stage([approver])] } };
    const approved = await pair(policy);
    for (let round = 1; round <= rounds; round += 1) {
      const target = await door.hire(`waits-${round}`);
      const requests = [await door.ask(target, approved[0]), await door.ask(target, approved[1])];
      const decided = await Promise.all(requests.map(({ body }) => door.decide(approver, body.id, 'Approve', 1)));
      expect(decided.map(({ status }) => status).sort()).toEqual([204, 400]);
      const states = await Promise.all(
        requests.map(({ body }) => door.send(door.admin, 'GET', `${root}/assignmentRequests/${body.id}`)),
      );
      expect(states.map(({ body }) => body.state).sort()).toEqual(['delivered', 'pendingApproval']);
    }
  });

  test('one way only, the other may still be given afterwards, and nothing is lost in between', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const target = await door.hire(`one-way-${round}`);
      const answers = await Promise.all([door.ask(target, one[0]), door.ask(target, one[1])]);
      expect(answers[1].status).toBe(201);
      const held = await door.holds(target, groups[0]);
      expect(held).toBe(answers[0].status === 201);
    }
  });
});
