import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import {
  approvedBy,
  askGroup,
  askRole,
  changeRule,
  groups,
  helpdesk,
  holds,
  lasting,
  listed,
  newGroup,
  newPerson,
  outcome,
  policies,
  policyIdOf,
  roles,
} from './pim.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const approvals = `${groups}/assignmentApprovals`;
const approvalRule = 'Approval_EndUser_Assignment';
const hour = { scheduleInfo: lasting('PT1H') };
const month = { scheduleInfo: lasting('P30D') };

describe.each(databaseKinds)('approvals and settings of PIM on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let lead: Actor;
  let person: Actor;
  let group: string;

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    lead = await play.as('identity-lead');
    person = await newPerson(play, admin);
    group = await newGroup(admin);
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', person.id, group, month))).toBe('201');
  });
  afterAll(() => play?.close());

  test('§5.2 §5.1 the first request onboards a group for good, with policies of their own for members and owners', async () => {
    const other = await newGroup(admin);
    const before = await policyIdOf(admin, 'member', other);
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', person.id, other, month))).toBe('201');
    const after = await policyIdOf(admin, 'member', other);
    expect(after).not.toBe(before);
    const owners = await policyIdOf(admin, 'owner', other);
    const shorter = { maximumDuration: 'PT2H' };
    expect(outcome(await changeRule(admin, owners, 'Expiration_EndUser_Assignment', shorter))).toBe('204');
    expect(await policyIdOf(admin, 'member', other)).toBe(after);
    const rule = await admin.get(`${policies}/${after}/rules/Expiration_EndUser_Assignment`);
    expect(rule.body['maximumDuration']).toBe('PT8H');
  });

  test('§5.10 pain 34: several rules are changed all together or not at all', async () => {
    const policy = await policyIdOf(admin, 'member', group);
    const type = '#microsoft.graph.unifiedRoleManagementPolicy';
    const rules = [
      { '@odata.type': `${type}ExpirationRule`, id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT1H' },
      { '@odata.type': `${type}ApprovalRule`, id: approvalRule, setting: { isApprovalRequired: true } },
    ];
    expect(outcome(await admin.patch(`${policies}/${policy}`, { rules }))).toBe('InvalidPolicyRule');
    const kept = await admin.get(`${policies}/${policy}/rules/Expiration_EndUser_Assignment`);
    expect(kept.body['maximumDuration']).toBe('PT8H');
  });

  test('§5.8 an approval of a group is read and decided by each of its names, and once', async () => {
    const policy = await policyIdOf(admin, 'member', group);
    expect(outcome(await changeRule(admin, policy, approvalRule, approvedBy(lead.id)))).toBe('204');
    const asked = await askGroup(person, 'active', 'selfActivate', person.id, group, hour);
    expect(asked.body).toMatchObject({ status: 'PendingApproval' });
    const id = String(asked.body['id']);
    for (const [who, on] of [
      [lead, 'approver'],
      [person, 'createdBy'],
      [person, 'target'],
    ] as const) {
      expect(await listed(who, `${approvals}/filterByCurrentUser(on='${on}')`)).toMatchObject([{ id }]);
    }
    expect(await listed(lead, `${approvals}/filterByCurrentUser(on='target')`)).toEqual([]);
    const [step] = await listed(lead, `${approvals}/${id}/stages`);
    const decision = { stages: [{ id: step?.['id'], reviewResult: 'Approve', justification: 'Known work' }] };
    expect((await person.patch(`${approvals}/${id}`, decision)).status).toBe(403);
    expect(outcome(await lead.patch(`${approvals}/${id}`, decision))).toBe('204');
    expect((await lead.patch(`${approvals}/${id}`, decision)).status).toBe(409);
    expect(await listed(admin, `/groups/${group}/members?$select=id`)).toMatchObject([{ id: person.id }]);
  });

  test('§5.16 who is active shows among the members, nested or not, who is eligible does not', async () => {
    const [one, other] = [await newGroup(admin), await newPerson(play, admin)];
    const shown = async () => {
      const places = ['members', 'transitiveMembers', 'owners'].map((where) =>
        listed(admin, `/groups/${one}/${where}`),
      );
      return (await Promise.all(places)).map((all) => all.some(({ id }) => String(id) === other.id));
    };
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', other.id, one, month))).toBe('201');
    expect(await shown()).toEqual([false, false, false]);
    expect(await listed(admin, `/users/${other.id}/transitiveMemberOf`)).toEqual([]);
    expect(outcome(await askGroup(other, 'active', 'selfActivate', other.id, one, hour))).toBe('201');
    expect(await shown()).toEqual([true, true, false]);
    expect(await listed(admin, `/users/${other.id}/transitiveMemberOf`)).toMatchObject([{ id: one }]);
    await play.move('PT1H');
    expect(await shown()).toEqual([false, false, false]);
    const owner = { accessId: 'owner', ...month };
    expect(outcome(await askGroup(admin, 'eligible', 'adminAssign', other.id, one, owner))).toBe('201');
    expect(await shown()).toEqual([false, false, false]);
  });

  test('§5.20 a deleted group is gone from PIM at once, and from whoever had it', async () => {
    expect(outcome(await admin.delete(`/groups/${group}`))).toBe('204');
    expect(await listed(admin, `${groups}/eligibilitySchedules?$filter=groupId eq '${group}'`)).toEqual([]);
    expect(await listed(admin, `${groups}/assignmentScheduleInstances?$filter=groupId eq '${group}'`)).toEqual([]);
  });

  test('pain 6: §5.10 by default administrators of roles decide, and only while they are such', async () => {
    const policy = await policyIdOf(admin, helpdesk);
    expect(outcome(await changeRule(admin, policy, approvalRule, approvedBy()))).toBe('204');
    const roleAdministrator = await newPerson(play, admin);
    const privileged = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
    const office = { principalId: roleAdministrator.id, roleDefinitionId: privileged, directoryScopeId: '/' };
    const given = await admin.post(`${roles}/roleAssignments`, office);
    expect(outcome(given)).toBe('201');
    expect(outcome(await askRole(admin, 'eligible', 'adminAssign', person.id, month))).toBe('201');
    const ask = async () => String((await askRole(person, 'active', 'selfActivate', person.id, hour)).body['id']);
    const decide = async (who: Actor, id: string) => {
      const steps = `/beta${roles}/roleAssignmentApprovals/${id}/steps`;
      const [step] = await listed(admin, steps);
      const decision = { reviewResult: 'Approve', justification: 'Known work' };
      return outcome(await who.patch(`${steps}/${step?.['id']}`, decision));
    };
    const id = await ask();
    expect(outcome(await admin.delete(`${roles}/roleAssignments/${given.body['id']}`))).toBe('204');
    expect(await decide(roleAdministrator, id)).toBe('NotAnApprover');
    expect(await decide(admin, id)).toBe('204');
    expect(await holds(admin, person.id)).toBe(true);
  });

  test('§5.13 a ticket is kept and shown, and demanded where the rule wants one', async () => {
    await play.move('PT2H');
    const policy = await policyIdOf(admin, helpdesk);
    const setting = { setting: { isApprovalRequired: false } };
    expect(outcome(await changeRule(admin, policy, approvalRule, setting))).toBe('204');
    const wants = { enabledRules: ['Justification', 'Ticketing'] };
    expect(outcome(await changeRule(admin, policy, 'Enablement_EndUser_Assignment', wants))).toBe('204');
    const without = await askRole(person, 'active', 'selfActivate', person.id, hour);
    expect(without.body['error']?.['message']).toMatch(/"TicketingRule"/);
    const ticketInfo = { ticketNumber: 'CHG-7', ticketSystem: 'ITSM' };
    const dry = await askRole(person, 'active', 'selfActivate', person.id, {
      ...hour,
      ticketInfo,
      isValidationOnly: true,
    });
    expect(dry.body).toMatchObject({ isValidationOnly: true });
    expect(await holds(admin, person.id)).toBe(false);
    const made = await askRole(person, 'active', 'selfActivate', person.id, { ...hour, ticketInfo });
    expect(made.body).toMatchObject({ status: 'Provisioned', ticketInfo });
  });

  test('§5.6 a request cannot take it back within five minutes; disabling the account always can', async () => {
    const away = () => askRole(person, 'active', 'selfDeactivate', person.id);
    expect(outcome(await away())).toBe('ActiveDurationTooShort');
    expect(outcome(await admin.patch(`/users/${person.id}`, { accountEnabled: false }))).toBe('204');
    expect(await holds(admin, person.id)).toBe(false);
    expect(outcome(await admin.patch(`/users/${person.id}`, { accountEnabled: true }))).toBe('204');
  });

  test('§5.19 pain 43: what starts later does not start once its eligibility is gone', async () => {
    const later = await newPerson(play, admin);
    expect(outcome(await askRole(admin, 'eligible', 'adminAssign', later.id, month))).toBe('201');
    const startDateTime = Temporal.Instant.from(await play.now())
      .add({ hours: 2 })
      .toString();
    const scheduleInfo = { startDateTime, ...lasting('PT1H') };
    const ticketInfo = { ticketNumber: 'CHG-8' };
    const asked = await askRole(later, 'active', 'selfActivate', later.id, { scheduleInfo, ticketInfo });
    expect(asked.body).toMatchObject({ status: 'Granted' });
    await play.move('PT10M');
    expect(outcome(await askRole(admin, 'eligible', 'adminRemove', later.id))).toBe('201');
    await play.move('PT2H');
    expect(await holds(admin, later.id)).toBe(false);
  });
});
