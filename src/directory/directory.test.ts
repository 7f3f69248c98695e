import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, system, type TestRuntime, testRuntime } from '../../test/runtime.ts';
import { newId } from '../kernel/ids.ts';
import type { Database } from '../platform/database.ts';
import { openDatabase } from '../platform/database.ts';
import { migrate } from '../platform/migrate.ts';
import { initialiseTenant, loadUser } from './index.ts';

let database: Database;
let runtime: TestRuntime;
const tenantId = newId();

beforeAll(async () => {
  database = await openDatabase({});
  await migrate(database.db);
  runtime = testRuntime(database);
});
afterAll(() => database.close());

describe('a tenant', () => {
  it('begins once', async () => {
    const tenant = {
      tenantId,
      firstAdministrator: { userPrincipalName: 'admin@sallyport.example', displayName: 'Admin' },
    };
    const id = await runtime.as(system, (tx) => initialiseTenant(tx, tenant));
    const user = await runtime.as(person(id), (tx) => loadUser(tx, id));
    expect(user).toMatchObject({ displayName: 'Admin', accountEnabled: true, businessPhones: [], deletedAt: null });
    const again = await runtime.attempt(system, (tx) => initialiseTenant(tx, tenant));
    expect(again).toMatchObject({ refusal: { code: 'TenantAlreadyInitialised' } });
  });
});
