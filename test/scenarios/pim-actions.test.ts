import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { globalAdministrator } from './doors.ts';
import { askRole, changeRule, helpdesk, holds, lasting, listed, newPerson, outcome, policyIdOf, roles } from './pim.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const schedules = `${roles}/roleEligibilitySchedules`;

describe.each(databaseKinds)('extending, renewing and changing on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  const endOf = async (principalId: string) => {
    const [one] = await listed(admin, `${schedules}?$filter=principalId eq '${principalId}'`);
    return one === undefined ? 'nothing' : String(one['scheduleInfo']?.['expiration']?.['endDateTime']);
  };
  const eligible = async (duration: string) => {
    const person = await newPerson(play, admin);
    const given = await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting(duration) });
    expect(outcome(given)).toBe('201');
    return { person, id: String(given.body['id']) };
  };
  const later = async (duration: string) =>
    Temporal.Instant.from(await play.now())
      .add({ hours: Temporal.Duration.from(duration).total('hours') })
      .toString({ fractionalSecondDigits: 6 });
  const statusOf = async (id: string) =>
    String((await admin.get(`${roles}/roleEligibilityScheduleRequests/${id}`)).body['status']);

  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
  });
  afterAll(() => play?.close());

  test('pain 27: adminUpdate changes an eligibility in place, earlier or later, and never says that it exists', async () => {
    const { person } = await eligible('P100D');
    const activated = await askRole(person, 'active', 'selfActivate', person.id, { scheduleInfo: lasting('PT8H') });
    expect(outcome(activated)).toBe('201');
    expect(outcome(await askRole(admin, 'eligible', 'adminAssign', person.id))).toBe('RoleAssignmentExists');
    const end = await later('P200D');
    const until = (endDateTime: string) => ({ scheduleInfo: { expiration: { type: 'afterDateTime', endDateTime } } });
    expect(outcome(await askRole(admin, 'eligible', 'adminUpdate', person.id, until(end)))).toBe('201');
    expect(await endOf(person.id)).toBe(end);
    expect(outcome(await askRole(admin, 'eligible', 'adminUpdate', person.id))).toBe('201');
    expect(await endOf(person.id)).toBe(end);
    const soon = await later('PT2H');
    expect(outcome(await askRole(admin, 'eligible', 'adminUpdate', person.id, until(soon)))).toBe('201');
    expect(await endOf(person.id)).toBe(soon);
    await play.move('PT1H59M');
    expect(await holds(admin, person.id)).toBe(true);
    await play.move('PT1M');
    expect(await holds(admin, person.id)).toBe(false);
    expect(await endOf(person.id)).toBe('nothing');
    const past = until(await play.now());
    expect(outcome(await askRole(admin, 'eligible', 'adminUpdate', person.id, past))).toBe(
      'RoleAssignmentDoesNotExist',
    );
  });

  test('pain 25: schedules and instances tell what is, whichever way an eligibility was changed', async () => {
    const { person, id } = await eligible('P30D');
    const filter = `?$filter=principalId eq '${person.id}'`;
    const told = async () => {
      const [one] = await listed(admin, `${schedules}${filter}`);
      const instances = await listed(admin, `${roles}/roleEligibilityScheduleInstances${filter}`);
      expect(instances.map((each) => String(each['endDateTime']))).toEqual(
        one === undefined ? [] : [String(one['scheduleInfo']?.['expiration']?.['endDateTime'])],
      );
      return one === undefined ? null : String(one['scheduleInfo']?.['expiration']?.['endDateTime']);
    };
    const asked = async () => JSON.stringify((await admin.get(`${roles}/roleEligibilityScheduleRequests/${id}`)).body);
    const [first, request] = [await told(), await asked()];
    expect(outcome(await askRole(admin, 'eligible', 'adminUpdate', person.id, { scheduleInfo: lasting('P90D') }))).toBe(
      '201',
    );
    expect(await told()).not.toBe(first);
    expect(outcome(await askRole(admin, 'eligible', 'adminRemove', person.id))).toBe('ActiveDurationTooShort');
    await play.move('PT5M');
    expect(outcome(await askRole(admin, 'eligible', 'adminRemove', person.id))).toBe('201');
    expect(await told()).toBeNull();
    // What was asked for stays as it was asked for: it is no place to look at for what is.
    expect(await asked()).toBe(request);
  });

  test('adminUpdate moves a start that lies ahead, and none that has passed', async () => {
    const person = await newPerson(play, admin);
    const from = async (days: string) => ({
      scheduleInfo: { startDateTime: await later(days), expiration: { type: 'afterDuration', duration: 'P10D' } },
    });
    expect(outcome(await askRole(admin, 'eligible', 'adminAssign', person.id, await from('P5D')))).toBe('201');
    expect(outcome(await askRole(admin, 'eligible', 'adminUpdate', person.id, await from('P1D')))).toBe('201');
    await play.move('P1D');
    expect(await listed(admin, `${schedules}?$filter=principalId eq '${person.id}'`)).toHaveLength(1);
    const activate = { scheduleInfo: lasting('PT1H') };
    expect(outcome(await askRole(person, 'active', 'selfActivate', person.id, activate))).toBe('201');
    const moved = await askRole(admin, 'eligible', 'adminUpdate', person.id, await from('P1D'));
    expect(outcome(moved)).toBe('InvalidScheduleInfo');
  });

  test('§5.18 an administrator extends in the last 14 days, and only to a later end', async () => {
    const { person } = await eligible('P30D');
    const extend = (more: object) => askRole(admin, 'eligible', 'adminExtend', person.id, more);
    expect(outcome(await extend({ scheduleInfo: lasting('P60D') }))).toBe('ExtensionNotDue');
    await play.move('P16D');
    expect(outcome(await extend({ scheduleInfo: lasting('P20D') }))).toBe('ScheduleEndNotLater');
    expect(outcome(await extend({}))).toBe('InvalidScheduleInfo');
    const dry = await extend({ scheduleInfo: lasting('P60D'), isValidationOnly: true });
    expect(outcome(dry)).toBe('201');
    const before = await endOf(person.id);
    expect(outcome(await extend({ scheduleInfo: lasting('P60D') }))).toBe('201');
    expect(Temporal.Instant.compare(await endOf(person.id), before)).toBe(1);
  });

  test('§5.18 a person asks for an extension, an administrator answers it with their own', async () => {
    const { person } = await eligible('P20D');
    const extend = () => askRole(person, 'eligible', 'selfExtend', person.id);
    expect(outcome(await extend())).toBe('ExtensionNotDue');
    await play.move('P10D');
    const asked = await extend();
    expect(asked.body).toMatchObject({ status: 'PendingAdminDecision', approvalId: null, action: 'selfExtend' });
    expect(outcome(await extend())).toBe('PendingRoleAssignmentRequest');
    const waiting = `${roles}/roleEligibilityScheduleRequests?$filter=status eq 'PendingAdminDecision'`;
    expect(await listed(admin, waiting)).toMatchObject([{ id: asked.body['id'] }]);
    const own = await askRole(person, 'eligible', 'adminExtend', person.id, { scheduleInfo: lasting('P60D') });
    expect(outcome(own)).toBe('Authorization_RequestDenied');
    const answer = await askRole(admin, 'eligible', 'adminExtend', person.id, { scheduleInfo: lasting('P60D') });
    expect(outcome(answer)).toBe('201');
    expect(await statusOf(String(asked.body['id']))).toBe('Provisioned');
    expect(await listed(admin, waiting)).toEqual([]);
  });

  test('§5.18 what was asked for is approved or denied as it is, and nobody answers it for themselves', async () => {
    const { person } = await eligible('P10D');
    const wish = await askRole(person, 'eligible', 'selfExtend', person.id, { scheduleInfo: lasting('P40D') });
    const own = (answer: string, id = wish.body['id']) => `/sallyport/scheduleRequests/${id}/${answer}`;
    const reason = { justification: 'The project goes on' };
    expect(outcome(await person.post(own('approve'), reason))).toBe('Authorization_RequestDenied');
    expect(outcome(await admin.post(own('deny'), {}))).toBe('BadRequest');
    expect(outcome(await admin.post(own('deny'), reason))).toBe('204');
    expect(await statusOf(String(wish.body['id']))).toBe('Denied');
    expect(outcome(await admin.post(own('approve'), reason))).toBe('RequestNotPending');
    const next = await askRole(person, 'eligible', 'selfExtend', person.id, { scheduleInfo: lasting('P40D') });
    const before = await endOf(person.id);
    expect(outcome(await admin.post(own('approve', next.body['id']), reason))).toBe('204');
    expect(Temporal.Instant.compare(await endOf(person.id), before)).toBe(1);
    expect(outcome(await admin.post(own('approve', 'nonsense' as never), reason))).toBe(
      'RoleAssignmentRequestNotFound',
    );
  });

  test('§5.18 nobody denies what they asked for themselves, with a second account of theirs either', async () => {
    const { person } = await eligible('P10D');
    const wish = await askRole(person, 'eligible', 'selfExtend', person.id);
    const administrator = await newPerson(play, admin);
    const office = { principalId: administrator.id, roleDefinitionId: globalAdministrator, directoryScopeId: '/' };
    expect((await admin.post(`${roles}/roleAssignments`, office)).status).toBe(201);
    const linked = await admin.post('/sallyport/linkedAccounts', { accountIds: [person.id, administrator.id] });
    expect(linked.status).toBe(201);
    const deny = { justification: 'No longer needed' };
    const path = `/sallyport/scheduleRequests/${wish.body['id']}`;
    expect(outcome(await administrator.post(`${path}/deny`, deny))).toBe('OwnRequestNotDecidable');
    expect(outcome(await administrator.post(`${path}/approve`, deny))).not.toBe('204');
    expect(outcome(await admin.post(`${path}/deny`, deny))).toBe('204');
  });

  test('§5.18 silence until the end of the assignment is a denial; the person or an administrator may cancel', async () => {
    const { person } = await eligible('P10D');
    const cancel = (who: Actor, id: unknown) => who.post(`${roles}/roleEligibilityScheduleRequests/${id}/cancel`);
    const first = await askRole(person, 'eligible', 'selfExtend', person.id);
    expect(outcome(await cancel(person, first.body['id']))).toBe('204');
    const second = await askRole(person, 'eligible', 'selfExtend', person.id);
    expect(outcome(await cancel(admin, second.body['id']))).toBe('204');
    expect(await statusOf(String(second.body['id']))).toBe('Canceled');
    const third = await askRole(person, 'eligible', 'selfExtend', person.id);
    await play.move('P10D');
    expect(await statusOf(String(third.body['id']))).toBe('Denied');
    const late = await admin.post(`/sallyport/scheduleRequests/${third.body['id']}/approve`, {});
    expect(outcome(late)).toBe('RequestNotPending');
  });

  test('§5.18 what ended in the last 30 days is renewed, with a new end, as eligible or active', async () => {
    const { person } = await eligible('P10D');
    const renew = (who: Actor, mode: 'eligible' | 'active', action: string, more: object = {}) =>
      askRole(who, mode, action, person.id, more);
    const long = { scheduleInfo: lasting('P20D') };
    expect(outcome(await renew(admin, 'eligible', 'adminRenew', long))).toBe('RoleAssignmentExists');
    await play.move('P11D');
    expect(outcome(await renew(admin, 'eligible', 'adminRenew'))).toBe('InvalidScheduleInfo');
    expect(outcome(await renew(person, 'active', 'selfRenew'))).toBe('RoleAssignmentDoesNotExist');
    const asked = await renew(person, 'eligible', 'selfRenew');
    expect(asked.body).toMatchObject({ status: 'PendingAdminDecision' });
    expect(outcome(await renew(admin, 'active', 'adminRenew', { scheduleInfo: lasting('P2D') }))).toBe('201');
    expect(await statusOf(String(asked.body['id']))).toBe('Provisioned');
    expect(await holds(admin, person.id)).toBe(true);
    await play.move('P2D');
    expect(await holds(admin, person.id)).toBe(false);
    await play.move('P30D');
    expect(outcome(await renew(person, 'eligible', 'selfRenew'))).toBe('RoleAssignmentDoesNotExist');
    expect(outcome(await renew(admin, 'eligible', 'adminRenew', long))).toBe('RoleAssignmentDoesNotExist');
  });

  test('§5.22 asking for an extension or a renewal needs a sign-in with MFA, and a reason', async () => {
    const requestor = await play.as('requestor', { mfa: false });
    const given = await askRole(admin, 'eligible', 'adminAssign', requestor.id, { scheduleInfo: lasting('P10D') });
    expect(outcome(given)).toBe('201');
    const weak = await askRole(requestor, 'eligible', 'selfExtend', requestor.id);
    expect(weak.body['error']?.['message']).toMatch(/"MfaRule"/);
    const strong = await play.as('requestor');
    const silent = await askRole(strong, 'eligible', 'selfExtend', requestor.id, { justification: ' ' });
    expect(silent.body['error']?.['message']).toMatch(/"JustificationRule"/);
    expect(outcome(await askRole(admin, 'eligible', 'selfExtend', requestor.id))).toBe('Authorization_RequestDenied');
  });

  test('§5.14 an eligibility obeys the expiration rule however it is changed', async () => {
    expect(outcome(await askRole(admin, 'eligible', 'selfActivate', admin.id))).toBe('ActionNotSupported');
    const policy = await policyIdOf(admin, helpdesk);
    const limit = { isExpirationRequired: true, maximumDuration: 'P15D' };
    expect(outcome(await changeRule(admin, policy, 'Expiration_Admin_Eligibility', limit))).toBe('204');
    const { person } = await eligible('P10D');
    const tooLong = await askRole(admin, 'eligible', 'adminUpdate', person.id, { scheduleInfo: lasting('P16D') });
    expect(tooLong.body['error']?.['message']).toMatch(/"ExpirationRule"/);
    const never = await askRole(admin, 'eligible', 'adminExtend', person.id, { scheduleInfo: lasting(null) });
    expect(outcome(never)).toBe('RoleAssignmentRequestPolicyValidationFailed');
  });
});
