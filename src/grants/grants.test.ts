import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds, freshDatabase } from '../../test/postgres.ts';
import { system, type TestRuntime, testRuntime } from '../../test/runtime.ts';
import { roleIds } from '../access/index.ts';
import { type Id, newId } from '../kernel/ids.ts';
import { after } from '../kernel/time.ts';
import type { Database } from '../platform/database.ts';
import {
  endGrants,
  type Grant,
  giveGrant,
  type Link,
  type Mode,
  type PrincipalKind,
  type PrivilegeKind,
  pathsTo,
  setAccount,
} from './index.ts';

interface Given {
  principal: Id;
  as?: PrincipalKind;
  mode?: Mode;
  kind: PrivilegeKind;
  of: Id;
  hours?: number;
  origin?: 'assigned' | 'activation';
  links?: Link[];
}

describe.each(databaseKinds)('the ledger on %s', (kind) => {
  let database: Database;
  let runtime: TestRuntime;
  const user = newId();
  const group = newId();
  const outer = newId();
  const role = newId();

  beforeEach(async () => {
    database = await freshDatabase(kind);
    runtime = testRuntime(database);
    await runtime.as(system, (tx) => setAccount(tx, user, true));
  });
  afterEach(() => database.close());

  const give = ({ principal, as = 'user', mode = 'active', kind: privilege, of, hours, origin, links = [] }: Given) =>
    runtime.as(system, (tx) =>
      giveGrant(tx, {
        principal: { kind: as, id: principal },
        privilege: { kind: privilege, id: of, scope: '/' },
        mode,
        window: { from: tx.now, until: hours === undefined ? null : after(tx.now, Temporal.Duration.from({ hours })) },
        origin: { kind: origin ?? 'assigned', id: 'test' },
        correlation: newId(),
        links,
      }),
    );
  const roles = (mode: Mode = 'active') =>
    runtime.as(system, async (tx) => (await pathsTo(tx, user, { mode, kind: 'role' })).map((path) => path.grant.id));
  const linkTo = (grant: Grant): Link => ({ kind: 'grant', id: grant.id, endsAt: grant.endsAt });

  it('ends a grant to the microsecond, with nobody doing anything', async () => {
    const grant = await give({ principal: user, kind: 'role', of: role, hours: 4 });
    runtime.clock.set('2030-01-01T11:59:59.999999Z');
    expect(await roles()).toEqual([grant.id]);
    runtime.clock.set('2030-01-01T12:00:00Z');
    expect(await roles()).toEqual([]);
  });

  it('reaches a role through groups, for as long as every link lives', async () => {
    await give({ principal: user, kind: 'group-member', of: group, hours: 8 });
    await give({ principal: group, as: 'group', kind: 'group-member', of: outer, hours: 2 });
    const held = await give({ principal: outer, as: 'group', kind: 'role', of: role });
    const [path] = await runtime.as(system, (tx) => pathsTo(tx, user, { mode: 'active', kind: 'role' }));
    expect(path?.grant.id).toBe(held.id);
    expect(path?.through).toHaveLength(2);
    expect(path?.until?.toString()).toBe('2030-01-01T10:00:00Z');
  });

  it('survives groups that are members of each other', async () => {
    await give({ principal: user, kind: 'group-member', of: group });
    await give({ principal: group, as: 'group', kind: 'group-member', of: outer });
    await give({ principal: outer, as: 'group', kind: 'group-member', of: group });
    const held = await give({ principal: outer, as: 'group', kind: 'role', of: role });
    expect(new Set(await roles())).toEqual(new Set([held.id]));
  });

  it('pain 38: keeps what another path gives when one ends', async () => {
    const first = await give({ principal: user, kind: 'role', of: role, hours: 8 });
    const second = await give({ principal: user, kind: 'role', of: role, hours: 4 });
    await runtime.as(system, (tx) => endGrants(tx, [first], 'removed'));
    expect(await roles()).toEqual([second.id]);
  });

  it('caps a grant at the end of what it hangs on, and ends it with that', async () => {
    const eligibility = await give({ principal: user, mode: 'eligible', kind: 'role', of: role, hours: 2 });
    const activation = await give({
      principal: user,
      kind: 'role',
      of: role,
      hours: 4,
      origin: 'activation',
      links: [linkTo(eligibility)],
    });
    expect(activation.endsAt?.toString()).toBe('2030-01-01T10:00:00Z');
    runtime.clock.set('2030-01-01T09:00:00Z');
    const ended = await runtime.as(system, (tx) => endGrants(tx, [eligibility], 'removed'));
    expect(ended.map((grant) => grant.id)).toEqual([eligibility.id, activation.id]);
    expect(await roles()).toEqual([]);
  });

  it('refuses a grant of which nothing would be left', async () => {
    const eligibility = await give({ principal: user, mode: 'eligible', kind: 'role', of: role, hours: 2 });
    runtime.clock.set('2030-01-01T10:00:00Z');
    const late = give({ principal: user, kind: 'role', of: role, hours: 1, links: [linkTo(eligibility)] });
    await expect(late).rejects.toMatchObject({ refusal: { code: 'GrantWindowEmpty' } });
  });

  it('gives nothing while the account is shut, and ends what was activated for good', async () => {
    const standing = await give({ principal: user, kind: 'role', of: role });
    await give({ principal: user, kind: 'role', of: newId(), origin: 'activation' });
    await runtime.as(system, (tx) => setAccount(tx, user, false));
    expect(await roles()).toEqual([]);
    await runtime.as(system, (tx) => setAccount(tx, user, true));
    expect(await roles()).toEqual([standing.id]);
  });

  it('never lets the last permanent Global Administrator go', async () => {
    const other = newId();
    const first = await give({ principal: user, kind: 'role', of: roleIds.globalAdministrator });
    const shut = (principal: Id) => runtime.attempt(system, (tx) => setAccount(tx, principal, false));
    const end = (grant: Grant) => runtime.attempt(system, (tx) => endGrants(tx, [grant], 'removed'));
    const refused = { is: 'refused', refusal: { code: 'LastGlobalAdministrator' } };
    expect(await end(first)).toMatchObject(refused);
    expect(await shut(user)).toMatchObject(refused);
    await give({ principal: other, kind: 'role', of: roleIds.globalAdministrator, hours: 8 });
    await runtime.as(system, (tx) => setAccount(tx, other, true));
    expect(await end(first)).toMatchObject(refused);
    await give({ principal: group, as: 'group', kind: 'role', of: roleIds.globalAdministrator });
    const membership = await give({ principal: other, kind: 'group-member', of: group });
    expect(await end(first)).toMatchObject({ is: 'accepted' });
    expect(await end(membership)).toMatchObject(refused);
    expect(await roles()).toEqual([]);
  });
});
