import type { Adapter } from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { type HeldClock, heldClock } from '../../../test/signin.ts';
import { newId } from '../../kernel/ids.ts';
import type { Database } from '../../platform/database.ts';
import { signinStore } from '../store.ts';
import { recordAdapter } from './adapter.ts';

describe.each(databaseKinds)("the provider's records (%s)", (kind) => {
  let database: Database;
  let clock: HeldClock;
  let codes: Adapter;
  let sessions: Adapter;

  beforeAll(async () => {
    database = await freshDatabase(kind);
  });
  afterAll(() => database.close());
  beforeEach(() => {
    clock = heldClock();
    const store = signinStore(database.db);
    codes = recordAdapter('AuthorizationCode', store, clock);
    sessions = recordAdapter('Session', store, clock);
  });

  it('are found by id, each model for itself', async () => {
    const id = newId();
    await codes.upsert(id, { accountId: 'a' }, 60);
    expect(await codes.find(id)).toEqual({ accountId: 'a' });
    expect(await sessions.find(id)).toBeUndefined();
    await codes.destroy(id);
    expect(await codes.find(id)).toBeUndefined();
  });

  it('are replaced as a whole', async () => {
    const id = newId();
    await codes.upsert(id, { accountId: 'a', nonce: 'n' }, 60);
    await codes.upsert(id, { accountId: 'b' }, 60);
    expect(await codes.find(id)).toEqual({ accountId: 'b' });
  });

  it('are found by session uid and by user code', async () => {
    const [id, uid, userCode] = [newId(), newId(), newId()];
    await sessions.upsert(id, { uid, userCode }, 60);
    expect(await sessions.findByUid(uid)).toEqual({ uid, userCode });
    expect(await sessions.findByUserCode(userCode)).toEqual({ uid, userCode });
    expect(await codes.findByUid(uid)).toBeUndefined();
  });

  it('remember when they were consumed', async () => {
    const id = newId();
    await codes.upsert(id, { accountId: 'a' }, 60);
    clock.pass(10);
    await codes.consume(id);
    const consumed = clock.now().epochMilliseconds / 1000;
    expect(await codes.find(id)).toEqual({ accountId: 'a', consumed });
  });

  it('go with their grant', async () => {
    const [one, other, grantId] = [newId(), newId(), newId()];
    await codes.upsert(one, { grantId }, 60);
    await codes.upsert(other, { grantId: newId() }, 60);
    await codes.revokeByGrantId(grantId);
    expect(await codes.find(one)).toBeUndefined();
    expect(await codes.find(other)).toBeDefined();
  });

  it("outlive their end by the provider's tolerance, and not longer", async () => {
    const id = newId();
    await codes.upsert(id, { accountId: 'a' }, 60);
    clock.pass(74);
    expect(await codes.find(id)).toBeDefined();
    clock.pass(1);
    expect(await codes.find(id)).toBeUndefined();
  });
});
