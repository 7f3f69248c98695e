import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DirectoryStage, openDirectory } from '../../../test/directory.ts';

// The embedded database has one session and hides races.
describe('at the same time', () => {
  let stage: DirectoryStage;
  beforeEach(async () => {
    stage = await openDirectory('postgres');
  });
  afterEach(() => stage.close());

  it('no more than one of many takes the last place for a role-assignable group', async () => {
    await sql`insert into directory_group (id, display_name, security_identifier, mail_nickname, mail_enabled,
        security_enabled, is_assignable_to_role, visibility, created_at)
      select gen_random_uuid(), 'filler', 'S', 'filler', false, true, true, 'Private', '2030-01-01'
      from generate_series(1, 499)`.execute(stage.runtime.db);
    const body = { mailEnabled: false, securityEnabled: true, isAssignableToRole: true };
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        stage.send(stage.admin, 'POST', '/groups', { ...body, displayName: `g${n}`, mailNickname: `g${n}` }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400]);
  });

  it('a new user and a new rule never miss each other', async () => {
    const rounds = Array.from({ length: 5 }, (_, n) => n);
    for (const n of rounds) {
      const [user, group] = await Promise.all([
        stage.hire(`u${n}`, { city: `C${n}` }),
        stage.group(`g${n}`, { groupTypes: ['DynamicMembership'], membershipRule: `user.city -eq "C${n}"` }),
      ]);
      expect(await stage.members(group)).toEqual([user.id]);
    }
  });

  it('a user is added to a group once', async () => {
    const [user, group] = [await stage.hire('one'), await stage.group('once')];
    const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/users/${user.id}` };
    const add = () => stage.send(stage.admin, 'POST', `/groups/${group}/members/$ref`, reference);
    const answers = await Promise.all([add(), add(), add()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400]);
  });

  it('a name is taken once', async () => {
    const hire = () =>
      stage.hire('same').then(
        () => 'made',
        (fault: Error) => (/Request_BadRequest/.test(fault.message) ? 'refused' : fault.message),
      );
    expect((await Promise.all([hire(), hire()])).sort()).toEqual(['made', 'refused']);
  });
});
