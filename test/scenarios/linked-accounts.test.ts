import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Actor, openPlay, type Play } from './play.ts';

const path = '/sallyport/linkedAccounts';

describe.each(databaseKinds)('accounts of one human on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let ids: Readonly<Record<'requestor' | 'manager' | 'ciso', string>>;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = await play.as('admin');
    ids = { requestor: play.idOf('requestor'), manager: play.idOf('manager'), ciso: play.idOf('ciso') };
  });
  afterAll(() => play?.close());

  const code = (answer: { status: number; body: unknown }) => answer.body as { error?: { code?: string } } | null;

  test('are linked, shown, added to and taken apart, each with an event', async () => {
    const made = await admin.post(path, { accountIds: [ids.requestor, ids.manager] });
    expect(made).toMatchObject({ status: 201, body: { accountIds: [ids.requestor, ids.manager].sort() } });
    const place = `${path}/${made.body['id']}`;
    const all = [ids.requestor, ids.manager, ids.ciso].sort();
    expect(await admin.patch(place, { accountIds: all })).toMatchObject({ status: 200, body: { accountIds: all } });
    expect((await admin.delete(place)).status).toBe(204);
    expect((await admin.get(place)).status).toBe(404);
  });

  test.each<[string, readonly string[]]>([
    ['one alone', ['requestor']],
    ['one twice', ['requestor', 'requestor']],
  ])('are at least two: %s is refused', async (_name, names) => {
    const accountIds = names.map((name) => play.idOf(name));
    expect(code(await admin.post(path, { accountIds }))).toMatchObject({ error: { code: 'LinkedAccountsNotValid' } });
  });

  test('are of one human only', async () => {
    const made = await admin.post(path, { accountIds: [ids.requestor, ids.manager] });
    const again = await admin.post(path, { accountIds: [ids.manager, ids.ciso] });
    expect(code(again)).toMatchObject({ error: { code: 'AccountAlreadyLinked' } });
    expect((await admin.delete(`${path}/${made.body['id']}`)).status).toBe(204);
  });

  test('are not taken apart by their human', async () => {
    const made = await admin.post(path, { accountIds: [admin.id, ids.ciso] });
    const refused = await admin.delete(`${path}/${made.body['id']}`);
    expect(code(refused)).toMatchObject({ error: { code: 'OwnAccountsNotUnlinkable' } });
    expect((await admin.get(`${path}/${made.body['id']}`)).status).toBe(200);
  });
});
