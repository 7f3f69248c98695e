import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FirstDoor, openFirstDoor } from '../../../test/first-door.ts';
import { databaseKinds } from '../../../test/postgres.ts';
import { system } from '../../../test/runtime.ts';
import { domainOfGuest, guestDomain, isGuest, isGuestUser, loadUser } from '../../directory/index.ts';

describe.each(databaseKinds)('where a user comes from on %s', (kind) => {
  let door: FirstDoor;
  beforeAll(async () => {
    door = await openFirstDoor(kind);
  });
  afterAll(() => door.close());

  test.each<[string, object, string | null]>([
    ['by-mail', { userType: 'Guest', mail: 'Lee@Contoso.example' }, 'contoso.example'],
    ['lee_contoso.example#EXT#', { userType: 'Guest' }, 'contoso.example'],
    ['lee_two_parts.example#EXT#', { userType: 'Guest', mail: 'lee@mail.example' }, 'mail.example'],
    ['a_b_contoso.example#ext#', { userType: 'guest' }, 'contoso.example'],
    ['nobody-knows', { userType: 'Guest' }, null],
    ['member', { userType: 'Member', mail: 'max@contoso.example' }, null],
    ['of-no-type', { mail: 'nic@contoso.example' }, null],
  ])('%s is said alike by the rules and by SQL', async (name, attributes, domain) => {
    const { id } = await door.hire(name, { mailNickname: 'nick', ...attributes });
    const said = await door.runtime.as(system, async (tx) => {
      const user = await loadUser(tx, id);
      const { rows } = await sql<{ domain: string | null; guest: boolean }>`
        select ${guestDomain(sql`${id}::uuid`)} as domain, ${isGuest(sql`${id}::uuid`)} as guest`.execute(
        tx.db<unknown>(),
      );
      return { rules: user && [domainOfGuest(user), isGuestUser(user)], sql: [rows[0]?.domain, rows[0]?.guest] };
    });
    expect(said.rules).toEqual(said.sql);
    expect(said.sql[0]).toBe(domain);
  });
});
