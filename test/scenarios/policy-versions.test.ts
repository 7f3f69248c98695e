import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Desk, entitlements, openDesk } from './desk.ts';

describe.each(databaseKinds)('a policy that was changed, on %s', (kind) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk(kind);
  });
  afterAll(() => desk?.play.close());

  // Each change writes a version of its own, and earlier ones stay.
  test('is answered as it is now, whoever changed it and however often', async () => {
    const { policyId } = await desk.offer();
    const path = `${entitlements}/assignmentPolicies/${policyId}`;
    const own = `/sallyport/assignmentPolicies/${policyId}`;
    const { body: first } = await desk.admin.get(path);
    for (const description of ['The second', 'The third']) {
      await desk.play.move('PT1M');
      const put = await desk.admin.put(path, { ...first, description });
      expect(put).toMatchObject({ status: 200, body: { description } });
      const changedAt = Temporal.Instant.from(String(put.body['modifiedDateTime']));
      expect(changedAt.equals(await desk.play.now())).toBe(true);
      expect((await desk.admin.get(path)).body).toEqual(put.body);
    }
    await desk.play.move('PT1M');
    const changed = await desk.admin.patch(own, { allowsSameApproverInSeveralStages: true });
    expect(changed).toMatchObject({ status: 200, body: { allowsSameApproverInSeveralStages: true } });
    expect((await desk.admin.get(own)).body).toEqual(changed.body);
    expect(await desk.admin.delete(path)).toMatchObject({ status: 204 });
    expect([(await desk.admin.get(path)).status, (await desk.admin.get(own)).status]).toEqual([404, 404]);
  });
});
