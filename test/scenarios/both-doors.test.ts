import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { activate, askForPackage, decide, openStage, passFirstDoor, storyOf, useRole } from './doors.ts';
import { openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';

describe.each(databaseKinds)('both doors on %s', (kind) => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());
  beforeEach(() => play.reset());

  it('§7.1 §7.2 pain 8: opens the first, then the second, and shuts both again', async () => {
    const requestor = await play.as('requestor');
    expect(await useRole(requestor)).toBe(403);
    const requestId = await passFirstDoor(play, requestor);
    expect(await useRole(requestor)).toBe(403);

    expect(await activate(requestor)).toMatchObject({ status: 201, body: { status: 'Provisioned' } });
    expect(await useRole(requestor)).toBe(201);
    const start = Temporal.Instant.from(await play.now());

    await play.move(start.add({ hours: 4 }).toString());
    expect(await useRole(requestor)).toBe(403);

    await play.move('PT4H');
    const request = await requestor.get(`${entitlements}/assignmentRequests/${requestId}?$expand=assignment`);
    expect(request.body).toMatchObject({ state: 'delivered', assignment: { state: 'expired' } });
    // In the order of Entra's documentation ("Process" and "Reports" of entitlement management), from end to end.
    expect(await storyOf(play, requestId)).toEqual(
      [
        'User requests access package assignment',
        'Create request approval',
        'Add approver to request approval',
        'Approval stage completed for access package assignment request',
        'Add approver to request approval',
        'Approval stage completed for access package assignment request',
        'Approve access package assignment request',
        'Ready to fulfill access package assignment request',
        'Add member to group',
        'Fulfill access package resource assignment',
        'Fulfill access package assignment request',
        'Add member to role requested (PIM activation)',
        'Add member to role',
        'Add member to role completed (PIM activation)',
        'Remove member from role (expired)',
        'Remove member from role (PIM activation expired)',
        'Remove access package assignment (expired)',
        'Remove member from group (expired)',
      ].map((name) => `${name}: success`),
    );
  });

  it('pain 39: ends an activation to the microsecond', async () => {
    const requestor = await play.as('requestor');
    await play.move('PT1M');
    await passFirstDoor(play, requestor);
    await activate(requestor);
    const end = Temporal.Instant.from(await play.now()).add({ hours: 4 });
    await play.move(end.subtract({ microseconds: 1 }).toString());
    expect(await useRole(requestor)).toBe(201);
    await play.move(end.toString());
    expect(await useRole(requestor)).toBe(403);
  });

  it('gives nothing after a denial', async () => {
    const requestor = await play.as('requestor');
    const { body } = await askForPackage(play, requestor);
    const id = String(body['id']);
    expect((await decide(await play.as('manager'), id, 'Deny')).status).toBe(204);
    const request = await requestor.get(`${entitlements}/assignmentRequests/${id}`);
    expect(request.body).toMatchObject({ state: 'denied' });
    expect(await openStage(requestor, id)).toBeUndefined();
    expect((await activate(requestor)).status).toBe(400);
  });

  it.each([1, 2])('§1.5 denies by silence when stage %i is not decided in a day', async (stage) => {
    const requestor = await play.as('requestor');
    await play.move('PT1M');
    const { body } = await askForPackage(play, requestor);
    const id = String(body['id']);
    if (stage === 2) await decide(await play.as('manager'), id, 'Approve');
    const state = async () => (await requestor.get(`${entitlements}/assignmentRequests/${id}`)).body['state'];
    const deadline = Temporal.Instant.from(await play.now()).add({ hours: 24 });
    const late = await openStage(await play.as(stage === 1 ? 'manager' : 'ciso'), id);
    await play.move(deadline.subtract({ microseconds: 1 }).toString());
    expect(await state()).toBe('pendingApproval');
    await play.move(deadline.toString());
    expect(await state()).toBe('denied');
    const approver = await play.as(stage === 1 ? 'manager' : 'ciso');
    const tooLate = await decide(approver, id, 'Approve', String(late?.['id']));
    expect(tooLate.status).toBeGreaterThanOrEqual(400);
    expect(await state()).toBe('denied');
  });

  it('§1.9 pain 11: asks the fallback where there is no manager, and another person for the next stage', async () => {
    const colleague = await play.as('colleague');
    const { body } = await askForPackage(play, colleague);
    const id = String(body['id']);
    const itManager = await play.as('it-manager');
    expect((await decide(itManager, id, 'Approve')).status).toBe(204);
    expect((await decide(itManager, id, 'Approve')).status).toBe(403);
    expect((await decide(await play.as('ciso'), id, 'Approve')).status).toBe(204);
    const request = await colleague.get(`${entitlements}/assignmentRequests/${id}`);
    expect(request.body).toMatchObject({ state: 'delivered' });
  });

  it('§1.26 refuses who is outside the scope', async () => {
    const helpdesk = await play.as('helpdesk');
    const refused = await askForPackage(play, helpdesk);
    expect(refused.status).toBe(403);
  });
});
