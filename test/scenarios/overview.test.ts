import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { activate, askForPackage, decide, globalAdministrator } from './doors.ts';
import { askRole, helpdesk, lasting, outcome } from './pim.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

describe.each(databaseKinds)('what a person finds when they come in, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    // A clock that was moved stands still.
    await play.move('PT1H');
    admin = await play.as('admin');
    requestor = await play.as('requestor');
  });
  afterAll(() => play?.close());

  /** The overview, which says in full what `me` counts. */
  async function overview(actor: Actor): Promise<Json> {
    const { status, body } = await actor.get('/sallyport/overview');
    expect([status, body]).toMatchObject([200, {}]);
    const { counts } = (await actor.get('/sallyport/me')).body as unknown as { counts: Record<string, number> };
    const of = (name: string) => (body[name] as unknown as readonly Json[]).length;
    expect({
      pendingApprovals: Number(body['approvals']?.['count']),
      pendingRequests: Number(body['pendingRequests']?.['count']),
      eligible: of('eligible'),
      active: of('active'),
      endingSoon: of('endsSoon'),
    }).toEqual(counts);
    return body;
  }

  const nothing = { approvals: { count: 0, items: [] }, pendingRequests: { count: 0, items: [] }, endsSoon: [] };

  test('from nothing to what waits, what is held and what ends soon', async () => {
    expect(await overview(requestor)).toMatchObject({ ...nothing, packages: [], active: [], eligible: [] });
    const request = await askForPackage(play, requestor);
    const id = String(request.body['id']);
    expect(await overview(requestor)).toMatchObject({
      approvals: { count: 0 },
      pendingRequests: {
        count: 1,
        items: [
          {
            id,
            kind: 'accessPackage',
            type: 'userAdd',
            displayName: expect.stringMatching(/^AP – Global/),
            target: { id: requestor.id, displayName: 'Rio Requestor' },
            state: 'pendingApproval',
            stage: 1,
            stages: 2,
          },
        ],
      },
    });
    expect(await overview(await play.as('manager'))).toMatchObject({
      approvals: {
        count: 1,
        items: [{ id, kind: 'accessPackage', requestor: { displayName: 'Rio Requestor' }, stage: 1, stages: 2 }],
      },
    });
    await decide(await play.as('manager'), id, 'Approve');
    expect(await overview(requestor)).toMatchObject({ pendingRequests: { items: [{ stage: 2 }] } });
    await decide(await play.as('ciso'), id, 'Approve');
    await activate(requestor);
    await askRole(admin, 'eligible', 'adminAssign', requestor.id, { scheduleInfo: lasting('P10D') });
    expect(await overview(requestor)).toMatchObject({
      pendingRequests: { count: 0 },
      packages: [{ accessPackage: { displayName: expect.stringMatching(/^AP – Global/) } }],
      active: expect.arrayContaining([
        expect.objectContaining({ privilege: expect.objectContaining({ id: globalAdministrator, kind: 'role' }) }),
      ]),
      eligible: expect.arrayContaining([
        expect.objectContaining({ privilege: expect.objectContaining({ id: helpdesk, isPrivileged: true }) }),
      ]),
      // The activation is not told of, nor what ends with the package.
      endsSoon: [
        { kind: 'accessPackage', displayName: expect.stringMatching(/^AP – Global/) },
        { kind: 'eligible', id: helpdesk, displayName: 'Helpdesk Administrator' },
      ],
    });
    const wish = await askRole(requestor, 'eligible', 'selfExtend', requestor.id, { scheduleInfo: lasting('P30D') });
    expect(await overview(requestor)).toMatchObject({
      pendingRequests: {
        items: [
          { id: wish.body['id'], kind: 'privilege', type: 'selfExtend', state: 'pendingAdminDecision', stage: null },
        ],
      },
    });
    await play.move('P10D');
    expect(await overview(requestor)).toMatchObject({ ...nothing, packages: [], active: [], eligible: [] });
  });

  test('is for people, about themselves', async () => {
    const app = await play.asNewApp(['Directory.Read.All']);
    expect(outcome(await app.get('/sallyport/overview'))).toBe('BadRequest');
  });
});
