import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor, root } from '../../../test/first-door.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import type { Id } from '../../kernel/ids.ts';

const rounds = process.env['SALLYPORT_DEEP'] === '1' ? 60 : 6;

// Two sessions at once: only a real PostgreSQL shows what one session hides.
describe('an automatic policy and somebody’s hand at the same moment', () => {
  let door: FirstDoor;
  let groupId: Id;
  let packageId: Id;
  let policyId: Id;
  let forAll: Id;

  beforeAll(async () => {
    door = await openFirstDoor('postgres');
    groupId = await door.group('SALES', { isAssignableToRole: false });
    packageId = await door.package(groupId);
    policyId = await door.policy(packageId, {
      allowedTargetScope: 'specificDirectoryUsers',
      specificAllowedTargets: [
        { '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule: 'user.department -eq "Sales"' },
      ],
      automaticRequestSettings: {
        requestAccessForAllowedTargets: true,
        removeAccessWhenTargetLeavesAllowedTargets: true,
      },
      expiration: { type: 'noExpiration' },
      requestorSettings: {},
    });
    forAll = await door.policy(packageId);
  });
  afterAll(() => door.close());

  const set = (who: UserCaller, attributes: object) => door.send(door.admin, 'PATCH', `/users/${who.id}`, attributes);
  const move = (who: UserCaller, department: string) => set(who, { department });
  const request = (body: object) => door.send(door.admin, 'POST', `${root}/assignmentRequests`, body);
  async function assignments(who: UserCaller) {
    const filter = `target/objectId eq '${who.id}'`;
    return (await door.send(door.admin, 'GET', `${root}/assignments?$filter=${filter}`)).body.value;
  }
  const delivered = async (who: UserCaller) => (await assignments(who)).filter(({ state }) => state === 'delivered');

  test('what an administrator takes away stays away, whatever else changes about the person', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const who = await door.hire(`taken-${round}`, { department: 'Sales' });
      const [held] = await delivered(who);
      const [removed, changed] = await Promise.all([
        request({ requestType: 'adminRemove', assignment: { id: held?.id } }),
        set(who, { jobTitle: 'Boss' }),
      ]);
      expect([removed.status, changed.status]).toEqual([201, 204]);
      expect([await delivered(who), await door.holds(who, groupId)]).toEqual([[], false]);
    }
  });

  test('what is taken by hand and by rule ends once', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const who = await door.hire(`leaves-${round}`, { department: 'Sales' });
      const [held] = await delivered(who);
      const [removed, moved] = await Promise.all([
        request({ requestType: 'adminRemove', assignment: { id: held?.id } }),
        move(who, 'Elsewhere'),
      ]);
      expect([201, 400]).toContain(removed.status);
      expect(moved.status).toBe(204);
      const filter = `assignment/target/objectId eq '${who.id}' and requestType ne 'systemAdd'`;
      const { body } = await door.send(door.admin, 'GET', `${root}/assignmentRequests?$filter=${filter}`);
      expect([body.value.length, await delivered(who), await door.holds(who, groupId)]).toEqual([1, [], false]);
    }
  });

  test('what is given by hand and by rule is given once', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      const who = await door.hire(`comes-${round}`);
      const assignment = {
        targetId: who.id,
        accessPackageId: packageId,
        assignmentPolicyId: round % 2 === 0 ? policyId : forAll,
      };
      const [given, moved] = await Promise.all([request({ requestType: 'adminAdd', assignment }), move(who, 'Sales')]);
      expect([201, 400]).toContain(given.status);
      expect(moved.status).toBe(204);
      expect([(await delivered(who)).length, await door.holds(who, groupId)]).toEqual([1, true]);
    }
  });
});
