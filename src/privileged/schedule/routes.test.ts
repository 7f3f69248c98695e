import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SecondDoor, secondDoor, someRole } from '../../../test/second-door.ts';
import { type Id, newId } from '../../kernel/ids.ts';

let stage: SecondDoor;
let person: Id;

beforeAll(async () => {
  stage = await secondDoor();
  person = await stage.person('someone');
});
afterAll(() => stage.close());

describe('members of a directory role', () => {
  const members = `/directoryRoles/${someRole}/members`;
  const byTemplate = `/directoryRoles/roleTemplateId=${someRole}/members`;
  const reference = (id: Id) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });
  const add = (path: string, id: Id, who = stage.admin) => stage.graph(who, 'POST', `${path}/$ref`, reference(id));
  const remove = (id: string, who = stage.admin) => stage.graph(who, 'DELETE', `${members}/${id}/$ref`);

  test.each([members, byTemplate])('come and go by %s', async (path) => {
    expect((await add(path, person)).status).toBe(204);
    expect(await stage.has(person, 'role', someRole)).toBe(true);
    expect((await add(path, person)).status).toBe(400);
    expect((await remove(person)).status).toBe(204);
    expect(await stage.has(person, 'role', someRole)).toBe(false);
    expect((await remove(person)).status).toBe(404);
  });

  test('are given by those who may, to others, of roles that there are', async () => {
    expect((await add(members, person, person)).status).toBe(403);
    expect((await remove(stage.admin, person)).status).toBe(403);
    expect((await add(members, stage.admin)).status).toBe(403);
    expect((await add(`/directoryRoles/${newId()}/members`, person)).status).toBe(404);
    expect((await add('/directoryRoles/nobody/members', person)).status).toBe(404);
    expect((await remove('nobody')).status).toBe(404);
  });
});
