import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { newGroup, newPerson, outcome, policyIdOf } from './pim.ts';
import { type Actor, openPlay, type Play } from './play.ts';

describe.each(databaseKinds)('enabling PIM for a group on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
  });
  afterAll(() => play?.close());

  const pim = (id: string) => `/sallyport/groups/${id}/pim`;
  const enable = (who: Actor, id: string) => who.post(`${pim(id)}/enable`, undefined);

  test('§5.1 is for ever, seen by whoever looks after the group, and told once', async () => {
    const group = await newGroup(admin);
    expect((await admin.get(pim(group))).body).toMatchObject({ isManaged: false, managedSinceDateTime: null });
    const before = await policyIdOf(admin, 'member', group);
    const at = await play.now();
    expect(outcome(await enable(admin, group))).toBe('204');
    expect((await admin.get(pim(group))).body).toMatchObject({ isManaged: true });
    const since = String((await admin.get(pim(group))).body['managedSinceDateTime']);
    expect(Temporal.Instant.compare(since, at)).toBeGreaterThanOrEqual(0);
    expect(await policyIdOf(admin, 'member', group)).not.toBe(before);
    const after = await policyIdOf(admin, 'member', group);
    expect(outcome(await enable(admin, group))).toBe('204');
    expect(await policyIdOf(admin, 'member', group)).toBe(after);
    const told = await admin.get("/auditLogs/directoryAudits?$filter=activityDisplayName eq 'Onboard resource to PIM'");
    const targets = (told.body['value'] as unknown as { result: string; targetResources: { id: string }[] }[])
      .filter(({ result }) => result === 'success')
      .flatMap(({ targetResources }) => targetResources.map(({ id }) => id));
    expect(targets.filter((id) => id === group)).toEqual([group]);
  });

  test('is for its owners and administrators, and nobody else', async () => {
    const group = await newGroup(admin, { isAssignableToRole: false });
    const [stranger, owner] = [await newPerson(play, admin), await newPerson(play, admin)];
    const reference = { '@odata.id': `${play.url}/v1.0/directoryObjects/${owner.id}` };
    expect(outcome(await admin.post(`/groups/${group}/owners/$ref`, reference))).toBe('204');
    expect(outcome(await stranger.get(pim(group)))).toBe('Authorization_RequestDenied');
    expect(outcome(await enable(stranger, group))).toBe('Authorization_RequestDenied');
    expect((await owner.get(pim(group))).body).toMatchObject({ isManaged: false });
    expect(outcome(await enable(owner, group))).toBe('204');
    expect((await owner.get(pim(group))).body).toMatchObject({ isManaged: true });
  });

  test('is to be had of every group but dynamic ones, which are listed with whether it is so', async () => {
    const [plain, assignable] = [
      await newGroup(admin, { isAssignableToRole: false, displayName: 'Listed, plain' }),
      await newGroup(admin, { displayName: 'Listed, role-assignable' }),
    ];
    await newGroup(admin, {
      isAssignableToRole: false,
      displayName: 'Listed, dynamic',
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.department -eq "IT"',
      membershipRuleProcessingState: 'On',
    });
    const list = async (who: Actor, more = '') =>
      (await who.get(`/sallyport/groups?$search="displayName:Listed"${more}`)).body['value'] as unknown as {
        id: string;
        isAssignableToRole: boolean;
        isManaged: boolean;
      }[];
    expect(outcome(await enable(admin, plain))).toBe('204');
    expect(await list(admin)).toMatchObject([
      { id: plain, isAssignableToRole: false, isManaged: true },
      { id: assignable, isAssignableToRole: true, isManaged: false },
    ]);
    expect((await list(admin, '&$filter=isManaged eq false')).map(({ id }) => id)).toEqual([assignable]);
    const owner = await newPerson(play, admin);
    expect(outcome(await owner.get('/sallyport/groups'))).toBe('Authorization_RequestDenied');
    const reference = { '@odata.id': `${play.url}/v1.0/directoryObjects/${owner.id}` };
    expect(outcome(await admin.post(`/groups/${assignable}/owners/$ref`, reference))).toBe('204');
    expect((await list(owner)).map(({ id }) => id)).toEqual([assignable]);
  });

  test('is refused for a dynamic group and for none', async () => {
    const dynamic = await newGroup(admin, {
      isAssignableToRole: false,
      groupTypes: ['DynamicMembership'],
      membershipRule: 'user.department -eq "IT"',
      membershipRuleProcessingState: 'On',
    });
    expect(outcome(await enable(admin, dynamic))).toBe('GroupNotSupported');
    expect((await admin.get(pim(dynamic))).body).toMatchObject({ isManaged: false });
    for (const id of [crypto.randomUUID(), 'nonsense']) {
      expect(outcome(await admin.get(pim(id)))).toBe('ResourceNotFound');
      expect(outcome(await enable(admin, id))).toBe('ResourceNotFound');
    }
  });
});
