import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../../test/postgres.ts';
import { system, type TestRuntime, testRuntime } from '../../../test/runtime.ts';
import { newId } from '../../kernel/ids.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import type { Database } from '../../platform/database.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type Checks, createChecks } from './checks.ts';
import {
  changePassword,
  makeLink,
  registerPasskey,
  registerTotp,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
} from './operations.ts';
import { peopleStore, type StoredPasskey } from './store.ts';

describe.each(databaseKinds)('what somebody signs in with on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;
  let checks: Checks;
  const accounts = new Map<string, ReturnType<typeof newUser>>();
  let user: ReturnType<typeof newUser>;
  const from = { address: '192.0.2.1', requestId: newId() };

  const newUser = () => {
    const id = newId();
    return { id, userPrincipalName: `${id}@contoso.example`, displayName: 'Riley Jones', accountEnabled: true };
  };
  const as = <T>(work: (tx: Tx) => Promise<T>) => runtime.as(system, work);
  const codeOf = async (outcome: Promise<Outcome<unknown>>) => {
    const got = await outcome;
    return got.is === 'refused' ? got.refusal.code : 'accepted';
  };
  const refusal = (work: (tx: Tx) => Promise<unknown>) => codeOf(runtime.attempt(system, work));
  const passkey = (id = newId()): Omit<StoredPasskey, 'userId' | 'addedAt' | 'usedAt'> => ({
    id,
    displayName: 'Key',
    publicKey: 'a',
    counter: 0,
    transports: ['usb'],
    relyingParty: 'localhost',
    isSynced: false,
  });

  beforeAll(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
    checks = createChecks({
      runtime,
      lifetimes: { idle: Temporal.Duration.from('PT1H'), absolute: Temporal.Duration.from('PT12H') },
      accountOf: async (id) => accounts.get(id) ?? null,
      accountNamed: async (name) =>
        [...accounts.values()].find(({ userPrincipalName }) => userPrincipalName === name) ?? null,
      standingOf: async () => ({ isUsable: true, validFrom: null }),
      rightsOf: async () => ({ roleIds: [], groupIds: [], until: null }),
    });
  });
  afterAll(() => database.close());
  beforeEach(() => {
    user = newUser();
    accounts.set(user.id, user);
  });

  it('is known afterwards, and no secret of it is kept or told', async () => {
    await as((tx) => changePassword(tx, user, 'correct horse battery staple'));
    const codes = await as((tx) => registerTotp(tx, user, 'JBSWY3DPEHPK3PXP', 7));
    await as((tx) => registerPasskey(tx, user, passkey()));
    const { secret } = await as((tx) => makeLink(tx, user, Temporal.Duration.from('PT1H')));
    expect(await peopleStore(database.db).methodsOf(user.id)).toMatchObject({
      hasPassword: true,
      hasTotp: true,
      passkeys: [{ displayName: 'Key' }],
      recoveryCodes: 10,
    });
    const { rows: events } = await sql`select * from event where subject = ${user.id}`.execute(database.db);
    expect(events).toHaveLength(5);
    const { rows } = await sql`select * from signin_account, signin_recovery_code, signin_link
      where signin_account.user_id = ${user.id}`.execute(database.db);
    for (const told of ['correct horse', secret, ...codes]) {
      expect(JSON.stringify(events)).not.toContain(told);
      expect(JSON.stringify(rows)).not.toContain(told);
    }
    expect(JSON.stringify(events)).not.toContain('JBSWY3DPEHPK3PXP');
  });

  it('is never taken away to the last', async () => {
    const key = passkey();
    await as((tx) => registerPasskey(tx, user, key));
    expect(await refusal((tx) => removePasskey(tx, user, key.id))).toBe('LastAuthenticationMethod');
    await as((tx) => changePassword(tx, user, 'correct horse battery staple'));
    expect(await refusal((tx) => removePasskey(tx, user, key.id))).toBe('LastAuthenticationMethod');
    await as((tx) => registerTotp(tx, user, 'JBSWY3DPEHPK3PXP', 7));
    expect(await refusal((tx) => removePasskey(tx, user, key.id))).toBe('accepted');
    expect(await refusal((tx) => removeTotp(tx, user))).toBe('LastAuthenticationMethod');
    await as((tx) => registerPasskey(tx, user, passkey()));
    expect(await refusal((tx) => removeTotp(tx, user))).toBe('accepted');
    expect(await peopleStore(database.db).methodsOf(user.id)).toMatchObject({ hasTotp: false, recoveryCodes: 0 });
  });

  it('is not taken from anybody else', async () => {
    const [key, other] = [passkey(), newUser()];
    await as((tx) => registerPasskey(tx, user, key));
    expect(await refusal((tx) => removePasskey(tx, other, key.id))).toBe('ResourceNotFound');
    expect(await refusal((tx) => removeTotp(tx, other))).toBe('ResourceNotFound');
    expect(await refusal((tx) => registerPasskey(tx, other, key))).toBe('PasskeyRegisteredAlready');
  });

  it('has ten recovery codes, of which new ones replace all', async () => {
    const before = await as((tx) => renewRecoveryCodes(tx, user));
    const after = await as((tx) => renewRecoveryCodes(tx, user));
    expect(new Set([...before, ...after]).size).toBe(20);
    expect(await codeOf(checks.recoveryCode(from, user, before[0] ?? ''))).toBe('SignInCodeWrong');
    expect(await codeOf(checks.recoveryCode(from, user, after[0] ?? ''))).toBe('accepted');
  });

  it('works once, also for several at once', async () => {
    const { secret } = await as((tx) => makeLink(tx, user, Temporal.Duration.from('PT1H')));
    const [code = ''] = await as((tx) => registerTotp(tx, user, 'JBSWY3DPEHPK3PXP', 7));
    for (const show of [() => checks.link(from, secret), () => checks.recoveryCode(from, user, code)]) {
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => codeOf(show())));
      expect(outcomes.filter((one) => one === 'accepted')).toHaveLength(1);
    }
  });

  it('is not guessed by many at once', async () => {
    await as((tx) => changePassword(tx, user, 'correct horse battery staple'));
    const guesses = Array.from({ length: 15 }, (_, count) =>
      codeOf(checks.password(from, user.userPrincipalName, `wrong ${count}`)),
    );
    const outcomes = await Promise.all(guesses);
    expect(outcomes.filter((one) => one === 'SignInPasswordWrong')).toHaveLength(10);
    expect(outcomes.filter((one) => one === 'TooManySignInAttempts')).toHaveLength(5);
  });

  it('is not guessed from one address for ever', async () => {
    const one = { address: newId(), requestId: newId() };
    const outcomes = [];
    for (let count = 0; count < 101; count += 1) outcomes.push(await codeOf(checks.link(one, `wrong ${count}`)));
    expect(outcomes.indexOf('TooManySignInAttempts')).toBe(100);
    expect(await codeOf(checks.link(from, 'wrong'))).toBe('SignInLinkNotValid');
  });
});
