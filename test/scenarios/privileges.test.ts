import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { globalAdministrator, passFirstDoor } from './doors.ts';
import {
  approvedBy,
  askGroup,
  askRole,
  changeRule,
  helpdesk,
  lasting,
  newGroup,
  newPerson,
  outcome,
  policyIdOf,
} from './pim.ts';
import { type Actor, type Answer, type Json, openPlay, type Play } from './play.ts';

const list = (value: unknown) => value as readonly Json[];

/** Sends to Graph what the desk says is to be sent, with what it asks for besides. */
function send(actor: Actor, at: Json | undefined, more: object = {}): Promise<Answer> {
  const body = at?.['body'] as unknown as object;
  return actor.post(String(at?.['path']).replace('/v1.0', ''), { ...body, ...more });
}

describe.each(databaseKinds)('what a person holds at the second door, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());
  beforeEach(async () => {
    await play.reset();
    // A clock that was moved stands still.
    await play.move('PT1H');
    admin = await play.as('admin');
  });

  async function privileges(actor: Actor): Promise<Json> {
    const { status, body } = await actor.get('/sallyport/privileges');
    expect([status, body]).toMatchObject([200, {}]);
    return body;
  }

  test('the role of the seed: through which group and package, what is unmet, and then it is active', async () => {
    const requestor = await play.as('requestor');
    expect(await privileges(requestor)).toMatchObject({ eligible: [], active: [], expired: [] });
    await passFirstDoor(play, requestor);
    const before = await privileges(requestor);
    const [role, ...others] = list(before['eligible']);
    expect(others).toEqual([]);
    const until = Temporal.Instant.from(await play.now()).add({ hours: 8 });
    expect(role).toMatchObject({
      privilege: { kind: 'role', id: globalAdministrator, displayName: 'Global Administrator', isPrivileged: true },
      endDateTime: until.toString(),
      endsBecause: { reason: 'policy' },
      isActive: false,
      ways: [
        {
          mode: 'eligible',
          activationsNeeded: 1,
          path: [
            {
              privilege: { kind: 'group-member', displayName: 'GRP-ELIG-GlobalAdmin' },
              origin: 'package',
              accessPackage: { displayName: expect.stringMatching(/^AP – Global/) },
            },
            { privilege: { kind: 'role' }, mode: 'eligible', origin: 'assigned', accessPackage: null },
          ],
        },
      ],
      activation: {
        isPossible: true,
        blocker: null,
        unmet: [{ requirement: 'justification', code: 'RoleAssignmentRequestPolicyValidationFailed' }],
        isJustificationRequired: true,
        isTicketRequired: false,
        isMfaRequired: true,
        authenticationContext: null,
        needsApproval: false,
        approvers: 0,
        maximumDuration: 'PT4H',
        activateFirst: null,
        pendingRequest: null,
      },
      // The group has it, not the person: there is nothing of theirs to extend.
      extension: { isPossible: false, code: 'RoleAssignmentDoesNotExist' },
    });
    const bare = await play.as('requestor', { mfa: false });
    const unmet = list(list((await privileges(bare))['eligible'])[0]?.['activation']?.['unmet']);
    expect(unmet.map((one) => one['detail'])).toEqual(['MfaRule', 'JustificationRule']);

    const { activateAt } = (role?.['activation'] ?? {}) as { activateAt?: Json };
    expect(outcome(await send(bare, activateAt, { justification: 'CHG0042', scheduleInfo: lasting('PT4H') }))).toBe(
      unmet[0]?.['code'],
    );
    const schedule = lasting(String(role?.['activation']?.['maximumDuration']));
    expect((await send(requestor, activateAt, { justification: 'CHG0042', scheduleInfo: schedule })).status).toBe(201);
    const after = await privileges(requestor);
    const active = list(after['active']).find((one) => String(one['privilege']?.['kind']) === 'role');
    expect(active).toMatchObject({
      assignmentType: 'activated',
      endDateTime: role?.['activation']?.['latestEndDateTime'],
      deactivation: { isPossible: false, code: 'ActiveDurationTooShort' },
    });
    expect(list(after['eligible'])[0]).toMatchObject({
      isActive: true,
      activeUntil: active?.['endDateTime'],
      activation: { isPossible: false, blocker: { code: 'RoleAssignmentExists' } },
    });
    await play.move('PT5M');
    const later = list((await privileges(requestor))['active']).find(
      (one) => String(one['privilege']?.['kind']) === 'role',
    );
    expect(later?.['deactivation']).toMatchObject({ isPossible: true, code: null });
    expect((await send(requestor, later?.['deactivation']?.['at'])).status).toBe(201);
    expect(list((await privileges(requestor))['eligible'])[0]).toMatchObject({
      isActive: false,
      activation: { isPossible: true },
    });
    await play.move('PT8H');
    const gone = await privileges(requestor);
    expect(gone).toMatchObject({ eligible: [], active: [] });
    expect(list(gone['expired'])).toMatchObject([
      {
        privilege: { kind: 'group-member' },
        mode: 'active',
        endDateTime: until.toString(),
        accessPackage: { displayName: expect.stringMatching(/^AP – Global/) },
        renewal: { isPossible: false, code: 'RoleAssignmentDoesNotExist' },
      },
    ]);
  });

  test('an approval: how many could give it, and the request that waits', async () => {
    const person = await newPerson(play, admin);
    const policyId = await policyIdOf(admin, helpdesk);
    const approvers = approvedBy(play.idOf('ciso'), play.idOf('it-manager'), person.id);
    await changeRule(admin, policyId, 'Approval_EndUser_Assignment', approvers);
    await changeRule(admin, policyId, 'Enablement_EndUser_Assignment', { enabledRules: ['Ticketing'] });
    expect((await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting(null) })).status).toBe(
      201,
    );
    const [role] = list((await privileges(person))['eligible']);
    expect(role?.['activation']).toMatchObject({
      isPossible: true,
      needsApproval: true,
      // Nobody approves what they ask for themselves.
      approvers: 2,
      unmet: [{ requirement: 'ticket', detail: 'TicketingRule' }],
    });
    const ticketInfo = { ticketNumber: 'INC-7' };
    const sent = await send(person, role?.['activation']?.['activateAt'], {
      ticketInfo,
      scheduleInfo: lasting('PT1H'),
    });
    expect(sent).toMatchObject({ status: 201, body: { status: 'PendingApproval' } });
    const [waiting] = list((await privileges(person))['eligible']);
    expect(waiting?.['activation']).toMatchObject({
      isPossible: false,
      blocker: { code: 'PendingRoleAssignmentRequest' },
      pendingRequest: { id: sent.body['id'] },
    });
    await play.move('P1D');
    expect(list((await privileges(person))['eligible'])[0]?.['activation']).toMatchObject({
      isPossible: true,
      pendingRequest: null,
    });
  });

  test('two activations: the membership comes first', async () => {
    const person = await newPerson(play, admin);
    const groupId = await newGroup(admin);
    await askGroup(admin, 'eligible', 'adminAssign', person.id, groupId, { scheduleInfo: lasting('P30D') });
    await askRole(admin, 'eligible', 'adminAssign', groupId, { scheduleInfo: lasting(null) });
    const of = (body: Json) => (kind_: string) =>
      list(body['eligible']).find((one) => String(one['privilege']?.['kind']) === kind_);
    const unready = of(await privileges(person));
    expect(unready('role')).toMatchObject({
      ways: [{ activationsNeeded: 2 }],
      activation: {
        isPossible: false,
        blocker: { code: 'RoleAssignmentRequestPolicyValidationFailed' },
        activateFirst: { kind: 'group-member', id: groupId },
      },
    });
    const first = unready('group-member')?.['activation'];
    expect(first).toMatchObject({ isPossible: true, activateFirst: null });
    const more = { justification: 'INC-1', scheduleInfo: lasting('PT1H') };
    expect((await send(person, first?.['activateAt'], more)).status).toBe(201);
    const ready = of(await privileges(person));
    expect(ready('role')).toMatchObject({
      ways: [{ activationsNeeded: 1 }, { activationsNeeded: 2 }],
      activation: { isPossible: true, activateFirst: null },
    });
    expect((await send(person, ready('role')?.['activation']?.['activateAt'], more)).status).toBe(201);
  });

  test('extending in the last 14 days, renewing in the 30 days after the end, as it is told', async () => {
    const person = await newPerson(play, admin);
    await askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P20D') });
    const extension = async () => list((await privileges(person))['eligible'])[0]?.['extension'];
    expect(await extension()).toMatchObject({ isPossible: false, code: 'ExtensionNotDue' });
    const more = { justification: 'Still on call' };
    expect(outcome(await send(person, (await extension())?.['at'], more))).toBe('ExtensionNotDue');
    await play.move('P7D');
    expect(await extension()).toMatchObject({ isPossible: true, code: null });
    expect((await send(person, (await extension())?.['at'], more)).status).toBe(201);
    expect(await extension()).toMatchObject({ isPossible: false, code: 'PendingRoleAssignmentRequest' });
    await play.move('P14D');
    const gone = await privileges(person);
    expect(gone).toMatchObject({ eligible: [], expired: [{ mode: 'eligible', endsBecause: { reason: 'requested' } }] });
    const renewal = list(gone['expired'])[0]?.['renewal'];
    expect(renewal).toMatchObject({ isPossible: true });
    expect((await send(person, renewal?.['at'], more)).status).toBe(201);
    expect(list((await privileges(person))['expired'])[0]?.['renewal']).toMatchObject({
      isPossible: false,
      code: 'PendingRoleAssignmentRequest',
    });
    await play.move('P30D');
    expect(await privileges(person)).toMatchObject({ expired: [] });
  });

  test('groups: owned, member and eligible, under PIM or not', async () => {
    const person = await newPerson(play, admin);
    const refer = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
    const plain = await newGroup(admin, { isAssignableToRole: false });
    const managed = await newGroup(admin);
    await admin.post(`/groups/${plain}/owners/$ref`, refer(person.id));
    await admin.post(`/groups/${plain}/members/$ref`, refer(person.id));
    await askGroup(admin, 'eligible', 'adminAssign', person.id, managed, { scheduleInfo: lasting('P30D') });
    const body = await privileges(person);
    expect(body['groups']).toMatchObject({
      owned: [{ id: plain, as: 'owner', isManaged: false, isPrivileged: false, endDateTime: null }],
      member: [{ id: plain, as: 'member' }],
      eligible: [{ id: managed, as: 'member', isManaged: true, isPrivileged: true }],
    });
    expect(list(body['active'])).toEqual([]);
  });

  test('is nobody else’s business', async () => {
    const app = await play.asNewApp(['RoleManagement.Read.All']);
    expect(outcome(await app.get('/sallyport/privileges'))).toBe('BadRequest');
    expect((await play.withToken('none').get('/sallyport/privileges')).status).toBe(401);
  });
});
