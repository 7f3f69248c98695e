import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { catalogRoles, delegated } from './delegated.ts';
import { activate, askForPackage, decide } from './doors.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

const list = (value: unknown) => value as readonly Json[];

describe.each(databaseKinds)('who has signed in, on %s', (kind) => {
  let play: Play;
  let requestor: Actor;
  let manager: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    requestor = await play.as('requestor');
    manager = await play.as('manager');
    // A clock that was moved stands still.
    await play.move('PT1H');
  });
  afterAll(() => play?.close());

  async function me(actor: Actor): Promise<Json> {
    const { status, body } = await actor.get('/sallyport/me');
    expect([status, body]).toMatchObject([200, {}]);
    return body;
  }

  test('is told who they are', async () => {
    expect(await me(requestor)).toMatchObject({
      id: requestor.id,
      displayName: 'Rio Requestor',
      userPrincipalName: 'requestor@sallyport.example',
      mail: 'requestor@sallyport.example',
      jobTitle: 'IT Administrator',
      manager: { id: play.idOf('manager'), displayName: 'Mara Manager' },
      authenticationContexts: [],
      roles: [],
      delegated: [],
      isApprover: false,
      counts: { pendingApprovals: 0, pendingRequests: 0, eligible: 0, active: 0, endingSoon: 0 },
      now: await play.now(),
      isRehearsal: true,
    });
    expect((await me(requestor))['mfaAt']).not.toBeNull();
    const bare = await play.as('helpdesk', { mfa: false, acrs: ['c1'] });
    expect(await me(bare)).toMatchObject({ mfaAt: null, authenticationContexts: ['c1'], manager: null });
  });

  test('is told what waits for them, through both doors', async () => {
    const request = await askForPackage(play, requestor);
    expect(request.status).toBe(201);
    const id = String(request.body['id']);
    expect(await me(requestor)).toMatchObject({ counts: { pendingRequests: 1 }, isApprover: false });
    expect(await me(manager)).toMatchObject({ counts: { pendingApprovals: 1 }, isApprover: true });
    expect(await me(await play.as('ciso'))).toMatchObject({ counts: { pendingApprovals: 0 }, isApprover: false });
    for (const name of ['manager', 'ciso']) expect((await decide(await play.as(name), id, 'Approve')).status).toBe(204);
    expect(await me(manager)).toMatchObject({ counts: { pendingApprovals: 0 }, isApprover: true });
    // Eligible for the role through the group, which the package lets them be a member of for eight hours.
    expect(await me(requestor)).toMatchObject({
      counts: { pendingRequests: 0, eligible: 1, active: 1, endingSoon: 1 },
      roles: [],
    });
  });

  test('is told what they may do now, until it ends', async () => {
    expect(list((await me(requestor))['operations'])).not.toContain('group.createRoleAssignable');
    const activated = await activate(requestor, 'PT2H');
    expect(activated.status).toBe(201);
    const active = await me(requestor);
    const ends = Temporal.Instant.from(await play.now()).add({ hours: 2 });
    expect(active).toMatchObject({
      roles: [{ displayName: 'Global Administrator', endDateTime: ends.toString() }],
      counts: { active: 2 },
    });
    expect(list(active['operations'])).toContain('group.createRoleAssignable');
    expect(list(active['operations'])).not.toContain('activation.request');
    await play.move('PT2H');
    expect(await me(requestor)).toMatchObject({ roles: [], counts: { active: 1 } });
    expect(list((await me(requestor))['operations'])).toEqual(
      list((await me(await play.as('colleague')))['operations']),
    );
  });

  test('time alone ends what waits', async () => {
    const colleague = await play.as('colleague');
    expect((await askForPackage(play, colleague)).status).toBe(201);
    const approver = await play.as('it-manager');
    expect(await me(approver)).toMatchObject({ counts: { pendingApprovals: 1 } });
    expect(await me(colleague)).toMatchObject({ counts: { pendingRequests: 1 } });
    await play.move('P1D');
    expect(await me(approver)).toMatchObject({ counts: { pendingApprovals: 0 }, isApprover: true });
    expect(await me(colleague)).toMatchObject({ counts: { pendingRequests: 0 } });
  });

  test('is told what roles of entitlement management let them do, and where', async () => {
    const { owner, reader, ours, hire, admin } = await delegated(play);
    const mine = await me(owner);
    expect(mine['delegated']).toEqual([
      {
        catalog: { id: ours.catalogId, displayName: 'Ours' },
        roles: ['catalogOwner', 'catalogReader'],
        operations: expect.arrayContaining(['accessPackage.create', 'entitlements.readAll']),
      },
    ]);
    expect(list(mine['operations'])).not.toContain('accessPackage.create');
    expect(list((await me(reader))['delegated']?.[0]?.['operations'])).not.toContain('accessPackage.create');
    const creator = await hire('creator');
    const role = { roleDefinitionId: catalogRoles.creator, principalId: creator.id, appScopeId: '/' };
    expect((await admin.post('/roleManagement/entitlementManagement/roleAssignments', role)).status).toBe(201);
    expect(list((await me(creator))['operations'])).toContain('catalog.create');
    expect((await me(creator))['delegated']).toEqual([]);
  });

  test('an application has no desk, and a shut account no access', async () => {
    const app = await play.asNewApp(['Directory.Read.All']);
    expect(await app.get('/sallyport/me')).toMatchObject({ status: 400, body: { error: { code: 'BadRequest' } } });
    const admin = await play.as('admin');
    const helpdesk = await play.as('helpdesk');
    expect((await admin.patch(`/users/${helpdesk.id}`, { accountEnabled: false })).status).toBe(204);
    expect((await helpdesk.get('/sallyport/me')).status).toBe(401);
  });
});
