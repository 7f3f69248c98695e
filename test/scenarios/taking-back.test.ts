import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { askForPackage, decide, passFirstDoor } from './doors.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const root = '/identityGovernance/entitlementManagement';

describe.each(databaseKinds)('an approval that is taken back on %s (§1.13)', (kind) => {
  let play: Play;
  let requestor: Actor;
  let manager: Actor;
  let ciso: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  beforeEach(async () => {
    await play.reset();
    [requestor, manager, ciso] = await Promise.all([play.as('requestor'), play.as('manager'), play.as('ciso')]);
  });
  afterAll(() => play?.close());

  async function assignmentOf(requestId: string): Promise<string> {
    const { body } = await requestor.get(`${root}/assignmentRequests/${requestId}?$expand=assignment`);
    return String(body['assignment']?.['id']);
  }

  function takeBack(actor: Actor, id: string, justification: string | null = 'I was deceived') {
    return actor.post(`${root}/assignmentRequests`, {
      requestType: 'approverRemove',
      assignment: { id },
      justification,
    });
  }

  test('ends what came of it, with a reason, once', async () => {
    const assignment = await assignmentOf(await passFirstDoor(play, requestor));
    expect(await takeBack(manager, assignment, ' ')).toMatchObject({
      body: { error: { code: 'JustificationRequired' } },
    });
    expect(await takeBack(manager, assignment)).toMatchObject({
      status: 201,
      body: { requestType: 'unknownFutureValue', state: 'delivered' },
    });
    const held = await requestor.get(`${root}/assignments/${assignment}`);
    expect(held.body).toMatchObject({ state: 'expired' });
    expect(await takeBack(ciso, assignment)).toMatchObject({ body: { error: { code: 'AssignmentEnded' } } });
  });

  test('is a kind of request that only clients see who know that there are new ones', async () => {
    const assignment = await assignmentOf(await passFirstDoor(play, requestor));
    const modern = requestor.with({ Prefer: 'odata.maxpagesize=5, Include-Unknown-Enum-Members' });
    const taken = await takeBack(manager.with({ Prefer: 'include-unknown-enum-members' }), assignment);
    expect(taken).toMatchObject({ status: 201, body: { requestType: 'approverRemove' } });
    expect(taken.headers.get('preference-applied')).toBe('include-unknown-enum-members');
    const path = `${root}/assignmentRequests/${taken.body['id']}`;
    const list = `${root}/assignmentRequests?$filter=requestType eq 'approverRemove'&$expand=assignment`;
    for (const [who, kind, applied] of [
      [requestor, 'unknownFutureValue', null],
      [modern, 'approverRemove', 'include-unknown-enum-members'],
    ] as const) {
      const one = await who.get(path);
      expect([one.body['requestType'], one.headers.get('preference-applied')]).toEqual([kind, applied]);
      expect((await who.get(`${path}/requestType`)).body['value']).toBe(kind);
      expect((await who.get(list)).body['value']).toMatchObject([{ id: taken.body['id'], requestType: kind }]);
    }
    const batch = await requestor.post('/$batch', {
      requests: [
        { id: 'old', method: 'GET', url: path },
        { id: 'new', method: 'GET', url: path, headers: { Prefer: 'include-unknown-enum-members' } },
      ],
    });
    const seen = batch.body['responses'] as unknown as { id: string; body: { requestType: string } }[];
    expect(seen.map(({ id, body }) => [id, body.requestType])).toEqual([
      ['old', 'unknownFutureValue'],
      ['new', 'approverRemove'],
    ]);
  });

  test.each(['the assignment that it asks for', 'its own id'])(
    'denies a request that still waits, by %s',
    async (by) => {
      const request = await askForPackage(play, requestor);
      const id = String(request.body['id']);
      expect((await decide(manager, id, 'Approve')).status).toBe(204);
      const named = by === 'its own id' ? id : await assignmentOf(id);
      expect((await takeBack(ciso, named)).status).toBe(404);
      expect((await takeBack(manager, named)).status).toBe(201);
      expect((await requestor.get(`${root}/assignmentRequests/${id}`)).body).toMatchObject({ state: 'denied' });
      expect((await decide(ciso, id, 'Approve', crypto.randomUUID())).status).toBeGreaterThanOrEqual(400);
    },
  );

  test('was given by whoever takes it back, and by nobody else', async () => {
    const assignment = await assignmentOf(await passFirstDoor(play, requestor));
    for (const actor of [requestor, await play.as('admin')]) {
      expect((await takeBack(actor, assignment)).status).toBe(404);
    }
    expect((await requestor.get(`${root}/assignments/${assignment}`)).body).toMatchObject({ state: 'delivered' });
  });

  test('is no business of a second account of the requestor', async () => {
    const admin = await play.as('admin');
    const link = { accountIds: [requestor.id, manager.id] };
    expect((await admin.post('/sallyport/linkedAccounts', link)).status).toBe(201);
    const request = await askForPackage(play, requestor);
    // The manager is the requestor by another account: the fallback is asked in their stead.
    const id = String(request.body['id']);
    const approval = await manager.get(`${root}/accessPackageAssignmentApprovals/${id}?$expand=stages`);
    expect(approval.status).toBe(404);
  });
});
