import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DirectoryStage, openDirectory } from '../../../test/directory.ts';
import { databaseKinds } from '../../../test/postgres.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import { parseMembershipRule } from '../membership-rule/index.ts';
import { nextTurn } from './rules.ts';

describe('the next turn of a rule', () => {
  const now = Temporal.Instant.from('2030-01-10T00:00:00Z');
  const turn = (text: string, ...dates: string[]) => {
    const rule = parseMembershipRule(text);
    if (rule.is === 'refused') throw new Error(rule.refusal.message);
    return (
      nextTurn(
        rule.value,
        dates.map((date) => Temporal.Instant.from(date)),
        now,
      )?.toString() ?? null
    );
  };

  it.each([
    ['user.city -eq "Oslo"', ['2030-02-01T00:00:00Z'], null],
    ['user.employeeHireDate -le system.now', ['2030-02-01T00:00:00Z'], '2030-02-01T00:00:00Z'],
    ['user.employeeHireDate -le system.now', ['2030-01-10T00:00:00Z'], '2030-01-10T00:00:00.000001Z'],
    ['user.employeeHireDate -le system.now', ['2020-01-01T00:00:00Z'], null],
    ['user.employeeHireDate -le system.now -plus p7d', ['2030-02-01T00:00:00Z'], '2030-01-25T00:00:00Z'],
  ])('%s with %j: %s', (text, dates, expected) => expect(turn(text, ...dates)).toBe(expected));
});

describe.each(databaseKinds)('a dynamic group on %s', (kind) => {
  let stage: DirectoryStage;
  beforeEach(async () => {
    stage = await openDirectory(kind);
  });
  afterEach(() => stage.close());

  const rule = (membershipRule: string, more: object = {}) => ({
    groupTypes: ['DynamicMembership'],
    membershipRule,
    ...more,
  });
  const patch = async (path: string, body: object) => (await stage.send(stage.admin, 'PATCH', path, body)).status;
  const sorted = (...users: UserCaller[]) => users.map(({ id }) => id).sort();

  it('is filled when it is made, and follows every change in the same transaction', async () => {
    const engineer = await stage.hire('engineer', { jobTitle: 'Engineer' });
    const clerk = await stage.hire('clerk', { jobTitle: 'Clerk' });
    const group = await stage.group('engineers', rule('user.jobTitle -eq "engineer"'));
    expect(await stage.members(group)).toEqual([engineer.id]);
    const later = await stage.hire('later', { jobTitle: 'ENGINEER' });
    expect(await stage.members(group)).toEqual(sorted(engineer, later));
    expect(await patch(`/users/${clerk.id}`, { jobTitle: 'Engineer' })).toBe(204);
    expect(await patch(`/users/${engineer.id}`, { jobTitle: null })).toBe(204);
    expect(await stage.members(group)).toEqual(sorted(clerk, later));
    const { rows } = await sql<{ type: string }>`select type from event where request_id in
      (select request_id from event where type = 'user.updated' and subject = ${engineer.id}) order by sequence`.execute(
      stage.runtime.db,
    );
    expect(rows.map(({ type }) => type)).toEqual(['user.updated', 'group-member.active.ended']);
  });

  it('follows its rule, its pause, and its way back to an assigned group', async () => {
    const [a, b] = [await stage.hire('a', { city: 'Oslo' }), await stage.hire('b', { city: 'Rome' })];
    const group = await stage.group('cities');
    await stage.send(stage.admin, 'POST', `/groups/${group}/members/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/users/${b.id}`,
    });
    expect(await patch(`/groups/${group}`, rule('user.city -eq "Oslo"'))).toBe(204);
    expect(await stage.members(group)).toEqual([a.id]);
    expect(await patch(`/groups/${group}`, { membershipRule: 'user.city -in ["Oslo","Rome"]' })).toBe(204);
    expect(await stage.members(group)).toEqual(sorted(a, b));
    expect(await patch(`/groups/${group}`, { membershipRuleProcessingState: 'Paused' })).toBe(204);
    expect(await patch(`/users/${a.id}`, { city: 'Bern' })).toBe(204);
    expect(await stage.members(group)).toEqual(sorted(a, b));
    expect(await patch(`/groups/${group}`, { membershipRuleProcessingState: 'On' })).toBe(204);
    expect(await stage.members(group)).toEqual([b.id]);
    expect(await patch(`/groups/${group}`, { groupTypes: [], membershipRuleProcessingState: 'Paused' })).toBe(204);
    expect(await stage.members(group)).toEqual([b.id]);
    expect(await patch(`/users/${b.id}`, { city: 'Bern' })).toBe(204);
    expect(await stage.members(group)).toEqual([b.id]);
  });

  it('§8.1 cannot be edited by hand, and takes only rules that can be read', async () => {
    const user = await stage.hire('user');
    const group = await stage.group('none', rule('user.city -eq "Nowhere"'));
    const body = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${user.id}` };
    expect((await stage.send(stage.admin, 'POST', `/groups/${group}/members/$ref`, body)).status).toBe(400);
    const wrong = await stage.send(stage.admin, 'PATCH', `/groups/${group}`, { membershipRule: 'user.shoe -eq "44"' });
    expect(wrong).toMatchObject({ status: 400, body: { error: { code: 'MembershipRuleAttributeNotSupported' } } });
    const long = `user.city -eq "${'x'.repeat(3072)}"`;
    expect((await stage.send(stage.admin, 'PATCH', `/groups/${group}`, { membershipRule: long })).status).toBe(400);
  });

  it('§8.4 knows accounts, managers, extension attributes, phones and lists', async () => {
    const boss = await stage.hire('boss');
    const user = await stage.hire('user', {
      businessPhones: ['+47 1'],
      otherMails: ['u@home.example'],
      onPremisesExtensionAttributes: { extensionAttribute3: 'blue' },
    });
    const groups = [
      await stage.group('reports', rule(`Direct Reports for "${boss.id}"`)),
      await stage.group('disabled', rule('user.accountEnabled -eq false')),
      await stage.group('blue', rule('user.extensionAttribute3 -eq "blue"')),
      await stage.group('phones', rule('user.telephoneNumber -startsWith "+47"')),
      await stage.group('mails', rule('user.otherMails -any (_ -endsWith "@home.example")')),
    ];
    const has = async () => {
      const { body } = await stage.send(stage.admin, 'GET', `/users/${user.id}/memberOf?$select=id`);
      return groups.map((id) => body.value.some((group: { id: string }) => group.id === id));
    };
    expect(await has()).toEqual([false, false, true, true, true]);
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${boss.id}` };
    await stage.send(stage.admin, 'PUT', `/users/${user.id}/manager/$ref`, reference);
    await patch(`/users/${user.id}`, {
      accountEnabled: false,
      otherMails: [],
      onPremisesExtensionAttributes: { extensionAttribute3: null },
      businessPhones: ['1'],
    });
    expect(await has()).toEqual([true, true, false, false, false]);
    await stage.send(stage.admin, 'DELETE', `/users/${boss.id}`);
    expect(await has()).toEqual([false, true, false, false, false]);
  });

  it('§8.5 takes over the members of other groups, for as long as they are in them', async () => {
    const user = await stage.hire('user');
    const source = await stage.group('source');
    const group = await stage.group('both', rule(`user.memberOf -any (group.objectId -in ['${source}'])`));
    const path = `/groups/${source}/members`;
    await stage.send(stage.admin, 'POST', `${path}/$ref`, {
      '@odata.id': `https://graph.microsoft.com/v1.0/users/${user.id}`,
    });
    expect(await stage.members(group)).toEqual([user.id]);
    await stage.send(stage.admin, 'DELETE', `${path}/${user.id}/$ref`);
    expect(await stage.members(group)).toEqual([]);
  });

  it('follows time', async () => {
    const user = await stage.hire('starter', { employeeHireDate: '2030-02-01T00:00:00Z' });
    const group = await stage.group('hired', rule('user.employeeHireDate -le system.now'));
    expect(await stage.members(group)).toEqual([]);
    const { rows } = await sql<{ at: string }>`select at::text as at from due where subject = ${group}`.execute(
      stage.runtime.db,
    );
    expect(rows).toEqual([{ at: '2030-02-01 00:00:00+00' }]);
    stage.runtime.clock.set('2030-02-01T00:00:00Z');
    await stage.due('group.ruleTurned', group);
    expect(await stage.members(group)).toEqual([user.id]);
  });

  it('lets nobody change themselves into a group that leads to a privilege', async () => {
    const someone = await stage.hire('schemer', { jobTitle: 'Clerk' });
    await stage.appoint(someone.id, 'fe930be7-5e62-47db-91af-98c3a49a38b1');
    const group = await stage.group('feeder', rule('user.jobTitle -eq "Chief"'));
    await stage.appoint(group, 'e8611ab8-c189-46e8-94e1-60213ab1f814', 'eligible');
    const refused = await stage.send(someone, 'PATCH', `/users/${someone.id}`, { jobTitle: 'Chief' });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'SelfGrantNotAllowed' } } });
    expect(await stage.members(group)).toEqual([]);
  });
});
