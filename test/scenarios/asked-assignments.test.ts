import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk, stageOf } from './desk.ts';
import { decide } from './doors.ts';
import type { Actor, Json } from './play.ts';

describe.each(databaseKinds)('the assignment that a request asks for, on %s', (kind) => {
  let desk: Desk;
  let who: Actor;
  let offer: Awaited<ReturnType<Desk['offer']>>;
  beforeAll(async () => {
    desk = await openDesk(kind);
    who = await desk.hire();
    const requestApprovalSettings = { isApprovalRequiredForAdd: true, stages: [stageOf(desk.play, 'ciso')] };
    offer = await desk.offer({ requestApprovalSettings });
  });
  afterAll(() => desk?.play.close());

  const expanded = '$expand=assignment($expand=target,accessPackage,assignmentPolicy)';
  const shown = async (actor: Actor, id: string): Promise<Json | undefined> =>
    (await actor.get(`${entitlements}/assignmentRequests/${id}?${expanded}`)).body['assignment'];
  const asked = async (): Promise<string> => String((await desk.add(who, offer.packageId)).body['id']);
  const found = async (actor: Actor): Promise<string[]> => {
    const filter = encodeURIComponent(`assignment/target/objectId eq '${who.id}'`);
    const { body } = await actor.get(`${entitlements}/assignmentRequests?$filter=${filter}`);
    return (body['value'] as unknown as readonly Json[]).map((one) => String(one['id'])).sort();
  };

  test('is shown while it waits, without a state, and keeps its id when it is there', async () => {
    const id = await asked();
    const ciso = await desk.play.as('ciso');
    for (const actor of [who, ciso, desk.admin]) {
      expect(await shown(actor, id)).toMatchObject({
        state: null,
        schedule: null,
        target: { objectId: who.id },
        accessPackage: { id: offer.packageId },
      });
    }
    const assignmentId = String((await shown(who, id))?.['id']);
    expect((await who.get(`${entitlements}/assignments/${assignmentId}`)).status).toBe(404);
    expect((await decide(ciso, id, 'Approve')).status).toBe(204);
    expect(await shown(who, id)).toMatchObject({ id: assignmentId, state: 'delivered' });
    expect((await who.get(`${entitlements}/assignments/${assignmentId}`)).status).toBe(200);
    const removal = { requestType: 'adminRemove', assignment: { id: assignmentId } };
    expect((await desk.ask(desk.admin, removal)).status).toBe(201);
  });

  test('finds the requests of a person, whatever came of them, for those who may see them', async () => {
    const denied = await asked();
    expect((await decide(await desk.play.as('ciso'), denied, 'Deny')).status).toBe(204);
    const waiting = await asked();
    expect(await found(desk.admin)).toEqual(expect.arrayContaining([denied, waiting]));
    expect(await found(who)).toEqual(await found(desk.admin));
    expect(await found(await desk.hire())).toEqual([]);
    expect((await who.post(`${entitlements}/assignmentRequests/${waiting}/cancel`)).status).toBe(204);
  });

  test('is for whoever has the address by which an administrator names them, and for nobody else', async () => {
    const { packageId, policyId } = await desk.offer();
    const guest = await desk.hire();
    expect((await desk.admin.patch(`/users/${guest.id}`, { mail: 'Lee@Partner.example' })).status).toBe(204);
    const add = (email: string) =>
      desk.ask(desk.admin, {
        requestType: 'AdminAdd',
        accessPackageAssignment: { target: { email }, assignmentPolicyId: policyId, accessPackageId: packageId },
      });
    expect(codeOf(await add('nobody@partner.example'))).toBe('400 SubjectNotFound');
    expect(codeOf(await add('admin@sallyport.example'))).toBe('403 SelfGrantNotAllowed');
    const added = await add('lee@partner.example');
    expect(added.status, JSON.stringify(added.body)).toBe(201);
    expect(await shown(desk.admin, String(added.body['id']))).toMatchObject({ target: { objectId: guest.id } });
    const twin = await desk.hire();
    expect((await desk.admin.patch(`/users/${twin.id}`, { mail: 'lee@partner.example' })).status).toBe(204);
    expect(codeOf(await add('lee@partner.example'))).toBe('400 SubjectNotFound');
  });

  test('says so when it could not be delivered', async () => {
    const id = await asked();
    expect((await desk.admin.delete(`/groups/${offer.groupId}`)).status).toBe(204);
    expect((await decide(await desk.play.as('ciso'), id, 'Approve')).status).toBe(204);
    expect(await shown(who, id)).toMatchObject({ state: 'deliveryFailed', status: 'DeliveryFailed', schedule: null });
  });
});
