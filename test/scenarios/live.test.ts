import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/platform/config.ts';
import { silent } from '../../src/platform/log.ts';
import { rehearsalStage } from '../../src/rehearsal/stage.ts';
import { type Ear, listen } from '../ear.ts';
import { databaseKinds, freshPostgres } from '../postgres.ts';
import { catalogRoles } from './delegated.ts';
import { entitlements } from './desk.ts';
import { activate, askForPackage, decide, passFirstDoor } from './doors.ts';
import { openPlay, type Play } from './play.ts';

const names = ['admin', 'requestor', 'manager', 'ciso', 'it-manager', 'identity-lead', 'colleague', 'helpdesk'];

describe.each(databaseKinds)('open pages on %s', (kind) => {
  let play: Play;
  const ears = new Map<string, Ear>();
  const ear = (name: string): Ear => {
    const found = ears.get(name);
    if (found === undefined) throw new Error(`${name} does not listen`);
    return found;
  };

  beforeAll(async () => {
    play = await openPlay(kind);
    for (const name of names) ears.set(name, await (await play.as(name)).listen());
  });
  afterAll(() => play?.close());

  let barriers = 0;
  /** Waits until everybody has heard what there was to hear. Gives that, by name, and forgets it. */
  async function settle(): Promise<ReadonlyMap<string, readonly string[]>> {
    barriers += 1;
    const admin = await play.as('admin');
    const likeEntra = String((await admin.get('/sallyport/settings')).body['likeEntra']) === 'true';
    // What is committed later is heard later: the setting, and after it what all pages hear.
    await admin.patch('/sallyport/settings', { likeEntra: !likeEntra });
    await ear('admin').until('governanceSettings');
    play.tellAll(`barrier ${barriers}`);
    for (const one of ears.values()) await one.until(`barrier ${barriers}`);
    return new Map([...ears].map(([name, one]) => [name, one.heard()]));
  }

  // What the settling itself tells: the setting, which is in the audit log too.
  const isSettling = (kind: string) => /^(barrier \d+|governanceSettings|directoryAudit)$/.test(kind);

  /** What each page hears of something that is done, but for the audit log. */
  async function hearing(doing: () => Promise<unknown>): Promise<Readonly<Record<string, readonly string[]>>> {
    await settle();
    await doing();
    const heard = [...(await settle())].map(
      ([name, kinds]) => [name, kinds.filter((each) => !isSettling(each))] as const,
    );
    return Object.fromEntries(heard.filter(([, kinds]) => kinds.length > 0));
  }

  test('hear of a request, its decisions, the activation and its end; others hear nothing', async () => {
    const requestor = await play.as('requestor');
    let id = '';
    const asked = ['approval', 'assignmentRequest'];
    expect(
      await hearing(async () => {
        id = String((await askForPackage(play, requestor)).body['id']);
      }),
    ).toEqual({ requestor: asked, manager: asked, admin: asked });

    expect(await hearing(async () => decide(await play.as('manager'), id, 'Approve'))).toEqual({
      requestor: asked,
      manager: asked,
      ciso: asked,
      'it-manager': asked,
      admin: asked,
    });

    const delivered = ['approval', 'assignment', 'assignmentRequest'];
    const place = ['group', 'groupAssignmentSchedule'];
    expect(await hearing(async () => decide(await play.as('ciso'), id, 'Approve'))).toEqual({
      requestor: [...delivered, ...place],
      manager: delivered,
      ciso: [...delivered, ...place],
      'it-manager': delivered,
      admin: [...delivered, ...place],
    });

    const activated = ['roleAssignmentSchedule', 'roleAssignmentScheduleRequest'];
    expect(await hearing(() => activate(requestor))).toEqual({ requestor: activated, admin: activated });
    // Who is a Global Administrator now can read the audit log.
    const admin = await play.as('admin');
    await admin.patch(`/users/${play.idOf('helpdesk')}`, { city: 'Rome' });
    await ear('requestor').until('directoryAudit');

    const { requestor: own, admin: all, ...others } = await hearing(() => play.move('PT4H'));
    expect(own).toEqual(['clock', ...activated]);
    expect(all).toEqual(['clock', ...activated]);
    for (const kinds of Object.values(others)) expect(kinds).toEqual(['clock']);
    expect(Object.keys(others)).toEqual(names.slice(2));
    // And nothing of it when that is over.
    await settle();
    await admin.patch(`/users/${play.idOf('helpdesk')}`, { city: 'Oslo' });
    const heard = await settle();
    expect(heard.get('helpdesk')).toContain('user');
    expect(heard.get('requestor')).toEqual([`barrier ${barriers}`]);
  });

  test('a refused attempt is heard by readers of the audit log alone', async () => {
    const colleague = await play.as('colleague');
    expect(await hearing(() => activate(colleague))).toEqual({});
    ear('admin').heard();
    expect((await activate(colleague)).status).toBe(400);
    await ear('admin').until('directoryAudit');
    expect(ear('admin').heard()).toEqual(['directoryAudit']);
  });

  test('who has a role in a catalog hears of what is in it', async () => {
    const admin = await play.as('admin');
    const made = async (path: string, body: object) => String((await admin.post(path, body)).body['id']);
    const [ours, theirs] = [
      await made(`${entitlements}/catalogs`, { displayName: 'Ours' }),
      await made(`${entitlements}/catalogs`, { displayName: 'Theirs' }),
    ];
    expect(
      await hearing(() =>
        admin.post('/roleManagement/entitlementManagement/roleAssignments', {
          principalId: play.idOf('identity-lead'),
          roleDefinitionId: catalogRoles.reader,
          appScopeId: `/AccessPackageCatalog/${ours}`,
        }),
      ),
    ).toMatchObject({ 'identity-lead': ['entitlementRoleAssignment'] });
    const makes = (id: string) =>
      hearing(() => admin.post(`${entitlements}/accessPackages`, { displayName: `AP of ${id}`, catalog: { id } }));
    expect(await makes(ours)).toMatchObject({ 'identity-lead': ['accessPackage'] });
    expect(Object.keys(await makes(theirs))).toEqual(['admin']);
  });

  test('an application hears by its permissions', async () => {
    const reader = await play.asNewApp(['AuditLog.Read.All']);
    const blind = await play.asNewApp([]);
    ears.set('reader', await reader.listen());
    ears.set('blind', await blind.listen());
    const heard = await hearing(async () =>
      (await play.as('admin')).patch(`/users/${play.idOf('ciso')}`, { city: 'Rome' }),
    );
    expect(heard).toEqual({ ciso: ['user'], admin: ['user'] });
    const settled = await settle();
    expect(settled.get('reader')).toContain('directoryAudit');
    expect(settled.get('blind')).toEqual([`barrier ${barriers}`]);
    for (const name of ['reader', 'blind']) {
      ear(name).close();
      ears.delete(name);
    }
  });

  test('an account that is shut hears nothing more, and is not let in again', async () => {
    const admin = await play.as('admin');
    const helpdesk = await play.as('helpdesk');
    const page = await helpdesk.listen();
    await admin.patch(`/users/${play.idOf('helpdesk')}`, { accountEnabled: false });
    await page.ended();
    expect(await helpdesk.listen()).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
    await admin.patch(`/users/${play.idOf('helpdesk')}`, { accountEnabled: true });
    // What was given before stays worth nothing, also what was given in the very second in which it all ended.
    expect(await helpdesk.listen()).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
    const again = async () => {
      const anew = await (await play.as('helpdesk')).listen();
      ears.set('helpdesk', anew);
      return anew.status;
    };
    await expect.poll(again, { timeout: 30_000, interval: 200 }).toBe(200);
  });

  test('a page that comes back hears what it has missed, and all of it where that is not known', async () => {
    const admin = await play.as('admin');
    const colleague = await play.as('colleague');
    const rename = (who: string, city: string) => admin.patch(`/users/${play.idOf(who)}`, { city });
    const page = await colleague.listen();
    await rename('colleague', 'Paris');
    await page.until('user');
    // Where other work on the same PostgreSQL holds the log open, the id comes with a later hint.
    await expect
      .poll(async () => [await rename('colleague', crypto.randomUUID()), page.lastId()][1], { timeout: 60_000 })
      .not.toBeNull();
    await play.move('PT0S');
    await page.until('clock');
    page.heard();
    page.close();
    const lastId = page.lastId() ?? '';
    await rename('colleague', 'London');
    await rename('ciso', 'London');
    const back = await colleague.listen(lastId);
    await back.until('user');
    expect(back.heard()).toEqual(['user']);
    back.close();
    // An event of somebody else's business, no event, and no id: they look alike.
    const [others] = (await admin.get('/auditLogs/directoryAudits?$top=1')).body['value'] as unknown as {
      id: string;
    }[];
    for (const id of [others?.id ?? '', crypto.randomUUID(), 'nonsense']) {
      const lost = await colleague.listen(id);
      await lost.until('everything');
      expect(lost.lastId()).toBeNull();
      lost.close();
    }
  });

  test('nobody is let in without a token, nor with another method', async () => {
    const stranger = await listen(play.url, {});
    expect(stranger).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
    const posted = await fetch(`${play.url}/live`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  });

  test('one account has so many pages and no more, until one of them is closed', async () => {
    const lead = await play.as('identity-lead');
    const pages: Ear[] = [];
    while (pages.length < 9) pages.push(await lead.listen());
    expect(pages.map(({ status }) => status)).toEqual(pages.map(() => 200));
    expect(await lead.listen()).toMatchObject({ status: 429, code: 'TooManyStreams' });
    for (const page of pages) page.close();
    await expect
      .poll(
        async () => {
          const page = await lead.listen();
          page.close();
          return page.status;
        },
        { timeout: 60_000 },
      )
      .toBe(200);
  });

  test('a reset is told to everybody', async () => {
    await play.reset();
    for (const one of ears.values()) await one.until('everything');
    const requestor = await play.as('requestor');
    await passFirstDoor(play, requestor);
    expect(await hearing(() => activate(requestor))).toMatchObject({
      requestor: ['roleAssignmentSchedule', 'roleAssignmentScheduleRequest'],
    });
  });
});

describe('two nodes on one PostgreSQL', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function node(databaseUrl: string): Promise<App> {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-node-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const app = await startApp(
      readConfig({
        PORT: '0',
        HTTPS_PORT: '0',
        SALLYPORT_DATA: folder,
        DATABASE_URL: databaseUrl,
        SALLYPORT_URL: 'https://sallyport.example',
      }),
      rehearsalStage(),
      { log: silent },
    );
    closing.push(() => app.close());
    return app;
  }

  test('what is done at one is heard at the other', async () => {
    const database = await freshPostgres();
    closing.push(() => database.drop());
    const here = await node(database.url);
    const there = await node(database.url);
    const tokenFor = async (user: string) => {
      const response = await fetch(`${here.httpUrl}/rehearsal/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user, mfa: true }),
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      return { authorization: `Bearer ${token}` };
    };
    const [admin, helpdesk, ciso] = await Promise.all(['admin', 'helpdesk', 'ciso'].map(tokenFor));
    const pages = [await listen(there.httpUrl, helpdesk ?? {}), await listen(there.httpUrl, admin ?? {})] as const;
    const stranger = await listen(there.httpUrl, ciso ?? {});
    const change = (user: string) =>
      fetch(`${here.httpUrl}/v1.0/users/${user}@sallyport.example`, {
        method: 'PATCH',
        headers: { ...admin, 'content-type': 'application/json' },
        body: JSON.stringify({ city: crypto.randomUUID() }),
      });
    expect((await change('helpdesk')).status).toBe(204);
    await Promise.all(pages.map((page) => page.until('user')));
    // What concerns the third comes after that, and is all that they hear.
    expect((await change('ciso')).status).toBe(204);
    await stranger.until('user');
    expect(pages[0].heard()).toEqual(['user']);
    expect(stranger.heard()).toEqual(['user']);
    for (const page of [...pages, stranger]) page.close();
  });
});
