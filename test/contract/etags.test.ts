import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, openPlay, type Play } from '../scenarios/play.ts';

const catalogs = '/identityGovernance/entitlementManagement/catalogs';

// Microsoft's reference shows no ETag of any entity that Sallyport has, and clients send such headers all the same.
describe('headers about ETags', () => {
  let play: Play;
  let admin: Actor;
  beforeAll(async () => {
    play = await openPlay('embedded');
    admin = await play.as('admin');
  });
  afterAll(() => play?.close());

  it.each<Readonly<Record<string, string>>>([
    { 'if-match': '*' },
    { 'if-match': 'W/"made-up"' },
    { 'if-none-match': '*' },
    { 'if-none-match': 'W/"made-up"' },
  ])('%j changes nothing about reading, changing and deleting', async (headers) => {
    const actor = admin.with(headers);
    const named = (displayName: string) => ({ displayName, description: 'For a test' });
    const made = await actor.post(catalogs, named('Before'));
    const path = `${catalogs}/${made.body['id']}`;
    expect([made.status, made.headers.get('etag')]).toEqual([201, null]);
    expect((await actor.patch(path, named('After'))).status).toBe(204);
    const read = await actor.get(path);
    expect([read.status, read.headers.get('etag'), read.body['@odata.etag']]).toEqual([200, null, undefined]);
    expect(read.body['displayName']).toEqual('After');
    expect((await actor.get(catalogs)).status).toBe(200);
    expect((await actor.delete(path)).status).toBe(204);
    expect((await actor.get(path)).status).toBe(404);
  });
});
