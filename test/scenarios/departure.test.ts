import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { adminAdd, type Delegated, delegated } from './delegated.ts';
import { type Answer, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const code = ({ body }: Answer) => String(body?.['error']?.['code'] ?? '');
const governed = { subjectLifecycle: 'governed' };
const subject = (id: string) => `${entitlements}/subjects(objectId='${id}')`;

describe.each(databaseKinds)('guests who leave on %s', (kind) => {
  let play: Play;
  let stage: Delegated;
  beforeAll(async () => {
    play = await openPlay(kind);
    stage = await delegated(play);
  });
  afterAll(() => play?.close());

  /** A guest with a package. Gives the id of the guest and of the assignment. */
  async function guest(name: string, lifecycle?: object) {
    const { admin, ours } = stage;
    const { id } = await stage.hire(name, { userType: 'Guest', mail: `${name}@guests.example` });
    const request = await admin.post(`${entitlements}/assignmentRequests`, adminAdd(id, ours.packageId, ours.policyId));
    const found = await admin.get(`${entitlements}/assignmentRequests/${request.body['id']}?$expand=assignment`);
    if (lifecycle !== undefined) expect((await admin.patch(subject(id), lifecycle)).status).toBe(204);
    return { id, assignmentId: String(found.body['assignment']?.['id']) };
  }

  const remove = (id: string) =>
    stage.admin.post(`${entitlements}/assignmentRequests`, { requestType: 'adminRemove', assignment: { id } });
  const isOpen = async (id: string) =>
    (await stage.admin.get(`/users/${id}?$select=accountEnabled`)).body?.['accountEnabled'];
  const lifecycleOf = async (id: string) => (await stage.admin.get(subject(id))).body['subjectLifecycle'];

  test('are governed only when somebody says so', async () => {
    const { id, assignmentId } = await guest('before');
    expect(await lifecycleOf(id)).toBe('notGoverned');
    expect(await lifecycleOf(stage.ours.holderId)).toBe('notDefined');
    expect((await remove(assignmentId)).status).toBe(201);
    await play.move('P31D');
    expect(await isOpen(id)).toBe(true);
    expect(code(await stage.admin.patch(subject(stage.ours.holderId), governed))).toBe('SubjectNotGuest');
  });

  test('are governed by who manages a package of theirs, and by nobody else', async () => {
    const { id } = await guest('whose');
    for (const actor of [stage.reader, stage.stranger])
      expect((await actor.patch(subject(id), governed)).status).toBe(403);
    expect((await stage.assigner.patch(subject(id), governed)).status).toBe(204);
    expect(await lifecycleOf(id)).toBe('governed');
  });

  test('§2.7 are blocked at once when the last package is taken, and deleted thirty days later', async () => {
    const { id, assignmentId } = await guest('leaves', governed);
    expect(await isOpen(id)).toBe(true);
    expect((await remove(assignmentId)).status).toBe(201);
    expect(await isOpen(id)).toBe(false);
    await play.move('P29D');
    expect((await stage.admin.get(`/users/${id}`)).status).toBe(200);
    await play.move('P1D');
    expect((await stage.admin.get(`/users/${id}`)).status).toBe(404);
    const { body } = await stage.admin.get(
      `/auditLogs/directoryAudits?$filter=targetResources/any(t: t/id eq '${id}') and result eq 'success'&$top=100`,
    );
    const told = (body['value'] as unknown as { activityDisplayName: string }[]).map((one) => one.activityDisplayName);
    for (const name of ['Block external user without access package assignments', 'Disable account', 'Delete user']) {
      expect(told).toContain(name);
    }
  });

  test('are blocked when the last package ends by itself', async () => {
    const { id } = await guest('expires', governed);
    await play.move('P11D');
    expect(await isOpen(id)).toBe(false);
  });

  test('stay while they have another package, and once somebody lets them in again', async () => {
    const { id, assignmentId } = await guest('stays', governed);
    const { theirs } = stage;
    const other = await stage.admin.post(
      `${entitlements}/assignmentRequests`,
      adminAdd(id, theirs.packageId, theirs.policyId),
    );
    expect(other.status).toBe(201);
    await remove(assignmentId);
    expect(await isOpen(id)).toBe(true);
    await play.move('P11D');
    expect(await isOpen(id)).toBe(false);
    expect((await stage.admin.patch(`/users/${id}`, { accountEnabled: true })).status).toBe(204);
    await play.move('P40D');
    expect(await isOpen(id)).toBe(true);
  });

  test('are left alone, or only blocked, where the settings say so', async () => {
    const set = async (externalUserLifecycleAction: string) =>
      expect((await stage.admin.patch(`${entitlements}/settings`, { externalUserLifecycleAction })).status).toBe(204);
    await set('none');
    const first = await guest('is-left', governed);
    await remove(first.assignmentId);
    expect(await isOpen(first.id)).toBe(true);
    await set('blockSignIn');
    const second = await guest('is-blocked', governed);
    await remove(second.assignmentId);
    expect(await isOpen(second.id)).toBe(false);
    await set('blockSignInAndDelete');
    await play.move('P60D');
    expect(await isOpen(second.id)).toBe(false);
  });
});
