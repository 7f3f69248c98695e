import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { activate, passFirstDoor } from './doors.ts';
import { askRole, helpdesk, lasting, newPerson, roles } from './pim.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const digest = 'pim.weekPassed';
const securityAdministrator = '194ae4cb-b126-40b2-bd5b-6091b380977d';

describe.each(databaseKinds)('the weekly digest of PIM on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    // The week in which the design was made is over.
    await play.move('2100-01-01T08:00:00Z');
  });
  afterAll(() => play?.close());

  /** The digests that somebody has got since the play began to be looked at. */
  const digestsOf = async (who: string) =>
    (await play.mailsTo(who)).filter(({ event, sentDateTime }) => event === digest && sentDateTime > '2100');
  const toAdmin = () => digestsOf(admin.id);
  const linesOf = (text: string | undefined) =>
    Object.fromEntries([...String(text).matchAll(/^ {2}(.+?): +(.+)$/gm)].map(([, label, value]) => [label, value]));

  test('§6.15 tells those who answer for roles what was activated, given and taken, and who can have most', async () => {
    const requestor = await play.as('requestor');
    await passFirstDoor(play, requestor);
    expect((await activate(requestor)).status).toBe(201);
    const guard = await newPerson(play, admin);
    const assigned = { principalId: guard.id, roleDefinitionId: securityAdministrator, directoryScopeId: '/' };
    expect((await admin.post(`${roles}/roleAssignments`, assigned)).status).toBe(201);
    const helper = await newPerson(play, admin);
    const given = await askRole(admin, 'active', 'adminAssign', helper.id, { scheduleInfo: lasting('P1D') });
    expect(given.status).toBe(201);
    expect((await askRole(admin, 'eligible', 'adminAssign', helper.id, { scheduleInfo: lasting('P30D') })).status).toBe(
      201,
    );

    await play.move('P6DT23H59M59S');
    expect(await toAdmin()).toEqual([]);
    await play.move('PT1S');
    const [mail, ...others] = await toAdmin();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      subject: 'PIM: weekly digest until 2100-01-08',
      sentDateTime: '2100-01-08T08:00:00Z',
    });
    expect(mail?.text).toContain('roles were activated 1 time and groups 0 times');
    const lines = linesOf(mail?.text);
    expect(lines).toMatchObject({
      'Made eligible for a role': '1 time',
      'Assigned a role in PIM': '1 time, 0 for good',
      'Assigned a role outside of PIM': '1 time',
      'Roles run out or taken away': '1 time',
      'Global Administrator': '1 for good, 0 eligible',
      'Security Administrator': '1 for good, 0 eligible',
      'Helpdesk Administrator': '0 for good, 1 eligible',
    });
    expect(mail?.text).toContain('/admin/health');
    expect(mail?.html).toContain('Security Administrator');
    // Whoever holds one of the roles now is told; who only can have one, or has another, is not.
    expect(await digestsOf(guard.id)).toHaveLength(1);
    for (const one of [helper.id, requestor.id, play.idOf('ciso')]) expect(await digestsOf(one)).toEqual([]);
    const all = await digestsOf('');
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(all.length);
  });

  test('pain 18: a quiet week is told to nobody, and a jump over many tells once of each that was not', async () => {
    const before = (await toAdmin()).length;
    const person = await newPerson(play, admin);
    // Whatever the week before has left runs out.
    await play.move('P60D');
    const settled = (await toAdmin()).length;
    expect(settled - before).toBe(1);
    const bound = { scheduleInfo: lasting('P10D') };
    expect((await askRole(admin, 'eligible', 'adminAssign', person.id, bound)).status).toBe(201);
    await play.move('P365D');
    const fresh = (await toAdmin()).slice(settled);
    // One for the week in which it was given, one for that in which it ran out; fifty quiet ones are not told.
    expect(fresh.map(({ text }) => linesOf(text)['Made eligible for a role'])).toEqual(['1 time', '0 times']);
    expect(fresh.map(({ text }) => linesOf(text)['Roles run out or taken away'])).toEqual(['0 times', '1 time']);
  });

  test('a move of hours brings none but the one that is due', async () => {
    const before = (await toAdmin()).length;
    const person = await newPerson(play, admin);
    const bound = { scheduleInfo: lasting('P1D') };
    expect((await askRole(admin, 'eligible', 'adminAssign', person.id, bound, helpdesk)).status).toBe(201);
    for (let moves = 0; moves < 20; moves += 1) await play.move('PT8H');
    expect(await toAdmin()).toHaveLength(before);
    await play.move('PT8H');
    expect(await toAdmin()).toHaveLength(before + 1);
  });

  test('the audit log has it', async () => {
    const filter = encodeURIComponent("activityDisplayName eq 'Weekly digest of PIM'");
    const { body } = await admin.get(`/auditLogs/directoryAudits?$filter=${filter}&$top=1`);
    expect(body['value']?.[0]).toMatchObject({ category: 'RoleManagement', loggedByService: 'PIM', result: 'success' });
  });
});
