import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Offer, offer } from '../../src/entitlements/offer/contract.ts';
import { databaseKinds } from '../postgres.ts';
import { adminAdd, delegated } from './delegated.ts';
import { askForPackage, decide, globalAdministrator, seedPackage } from './doors.ts';
import { askGroup, askRole, lasting, listed, newGroup, outcome } from './pim.ts';
import { type Actor, type Json, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const list = (value: unknown) => value as readonly Json[];
const isOffer = new Ajv2020({ strict: false, validateFormats: false }).compile<Offer>(offer);

describe.each(databaseKinds)('packages as people find them, on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let requestor: Actor;
  let seedId: string;
  beforeAll(async () => {
    play = await openPlay(kind);
    // A clock that was moved stands still.
    await play.move('PT1H');
    admin = await play.as('admin');
    requestor = await play.as('requestor');
    seedId = await seedPackage(admin);
  });
  afterAll(() => play?.close());

  async function offers(actor: Actor, query = ''): Promise<readonly Json[]> {
    const found = await listed(actor, `/sallyport/accessPackages${query}`);
    for (const one of found) expect([one, isOffer(one)]).toEqual([one, true]);
    return found;
  }

  const made = async (path: string, body: unknown) => {
    const answer = await admin.post(path, body);
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return String(answer.body['id']);
  };

  /** A package that anybody of the tenant may ask for, without approval. */
  async function openPackage(displayName: string, more: object = {}): Promise<string> {
    const [catalog] = await listed(admin, `${entitlements}/catalogs?$filter=displayName eq 'General'`);
    const id = await made(`${entitlements}/accessPackages`, { displayName, catalog: { id: catalog?.['id'] }, ...more });
    await made(`${entitlements}/assignmentPolicies`, {
      displayName: 'Anybody',
      accessPackage: { id },
      allowedTargetScope: 'allMemberUsers',
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      expiration: { type: 'afterDuration', duration: 'P30D' },
    });
    return id;
  }

  const ask = async (person: Actor, accessPackageId: string) => {
    const body = { requestType: 'userAdd', assignment: { accessPackageId } };
    return (await person.post(`${entitlements}/assignmentRequests`, body)).status;
  };

  test('a card says what it opens, how many stages, how long', async () => {
    expect(await offers(requestor)).toMatchObject([
      {
        id: seedId,
        description: expect.stringMatching(/8 hours/),
        catalog: { displayName: 'General' },
        isRequestable: true,
        opens: [{ kind: 'role', id: globalAdministrator, displayName: 'Global Administrator', isPrivileged: true }],
        policies: [{ stages: 2, expiration: { type: 'afterDuration', duration: 'PT8H' } }],
        isSuggested: false,
        suggestedBecause: [],
        held: null,
        pendingRequestId: null,
      },
    ]);
    expect(await offers(requestor, '?$search="global"')).toHaveLength(1);
    expect(await offers(requestor, '?$search="nothing"')).toEqual([]);
  });

  test('who may not ask is shown nothing, and an application has no list', async () => {
    expect(await offers(await play.as('helpdesk'))).toEqual([]);
    // Reading everything is no reason to be offered it.
    expect(await offers(admin)).toEqual([]);
    const app = await play.asNewApp(['EntitlementManagement.Read.All']);
    expect(outcome(await app.get('/sallyport/accessPackages'))).toBe('Authorization_RequestDenied');
    const helpdesk = await play.as('helpdesk');
    for (const id of [seedId, crypto.randomUUID()]) {
      expect(outcome(await helpdesk.get(`/sallyport/accessPackages/${id}`))).toBe('ResourceNotFound');
      expect(outcome(await helpdesk.get(`/sallyport/accessPackages/${id}/contents`))).toBe('ResourceNotFound');
    }
    expect((await app.get(`/sallyport/accessPackages/${seedId}/contents`)).status).toBe(200);
  });

  test('a request that waits, the assignment that came of it, and what one had before', async () => {
    const { body } = await askForPackage(play, requestor);
    expect(await offers(requestor)).toMatchObject([{ held: null, pendingRequestId: body['id'] }]);
    for (const name of ['manager', 'ciso']) await decide(await play.as(name), String(body['id']), 'Approve');
    const until = Temporal.Instant.from(await play.now()).add({ hours: 8 });
    expect(await offers(requestor)).toMatchObject([
      { held: { assignmentId: expect.any(String), endDateTime: expect.any(String) }, pendingRequestId: null },
    ]);
    const [held] = await offers(requestor);
    expect(Temporal.Instant.from(String(held?.['held']?.['endDateTime'])).equals(until)).toBe(true);
    await play.move('PT8H');
    expect(await offers(requestor)).toMatchObject([
      { held: null, isSuggested: true, suggestedBecause: [{ relation: 'heldBefore', atLeast: null }] },
    ]);
  });

  test('whoever was given a package that they could not ask for finds it among theirs, with what it opens', async () => {
    const { ours, as } = await delegated(play);
    const holder = await as(ours.holderId);
    expect((await offers(holder)).filter((one) => String(one['id']) === ours.packageId)).toMatchObject([
      {
        isRequestable: false,
        policies: [],
        opens: [{ kind: 'group', id: ours.groupId }],
        held: { assignmentId: ours.assignmentId },
      },
    ]);
    expect(await holder.get(`/sallyport/accessPackages/${ours.packageId}/contents`)).toMatchObject({
      status: 200,
      body: { policies: [], gives: [{ as: 'member', resource: { kind: 'group', id: ours.groupId }, leadsTo: [] }] },
    });
  });

  test('a hidden package is not listed, and whoever has its link sees what it opens', async () => {
    const id = await openPackage('Hidden', { isHidden: true });
    expect((await offers(requestor)).map((one) => String(one['id']))).not.toContain(id);
    expect((await requestor.get(`/sallyport/accessPackages/${id}/contents`)).body).toMatchObject({
      accessPackage: { id, displayName: 'Hidden' },
      policies: [{ displayName: 'Anybody', isForCaller: true, stages: 0 }],
      gives: [],
    });
  });

  test('the picture of the seed: package, group, role', async () => {
    const { body } = await requestor.get(`/sallyport/accessPackages/${seedId}/contents`);
    expect(body).toMatchObject({
      policies: [{ isForCaller: true, stages: 2, expiration: { duration: 'PT8H' } }],
      gives: [
        {
          as: 'member',
          resource: { kind: 'group', displayName: 'GRP-ELIG-GlobalAdmin', isPrivileged: true },
          activationsNeeded: 0,
          activation: null,
          leadsTo: [
            {
              mode: 'eligible',
              role: { id: globalAdministrator, displayName: 'Global Administrator', isPrivileged: true },
              endDateTime: null,
              activationsNeeded: 1,
              activation: {
                maximumDuration: 'PT4H',
                isMfaRequired: true,
                isJustificationRequired: true,
                isTicketRequired: false,
                authenticationContext: null,
                needsApproval: false,
              },
            },
          ],
        },
      ],
    });
    // Who reads the catalog sees all policies, and which are theirs.
    expect((await admin.get(`/sallyport/accessPackages/${seedId}/contents`)).body).toMatchObject({
      policies: [{ isForCaller: false, stages: 2 }],
    });
  });

  test('the shape with two activations, and the one with the membership alone', async () => {
    const groupId = await newGroup(admin);
    await askRole(admin, 'eligible', 'adminAssign', groupId, { scheduleInfo: lasting('P90D') }, globalAdministrator);
    // Its first request brings the group under PIM.
    const someone = await made('/users', {
      accountEnabled: true,
      displayName: 'Someone',
      mailNickname: 'someone',
      userPrincipalName: 'someone@sallyport.example',
    });
    await askGroup(admin, 'eligible', 'adminAssign', someone, groupId, { scheduleInfo: lasting('P1D') });
    const [catalog] = await listed(admin, `${entitlements}/catalogs?$filter=displayName eq 'General'`);
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    await made(`${entitlements}/resourceRequests`, {
      requestType: 'adminAdd',
      resource,
      catalog: { id: catalog?.['id'] },
    });
    const id = await openPackage('Twice activated');
    await made(`${entitlements}/accessPackages/${id}/resourceRoleScopes`, {
      role: { originId: `EligibleMember_${groupId}`, originSystem: 'AadGroup' },
      scope: { originId: groupId, originSystem: 'AadGroup' },
    });
    expect((await requestor.get(`/sallyport/accessPackages/${id}/contents`)).body).toMatchObject({
      gives: [
        {
          as: 'eligibleMember',
          activationsNeeded: 1,
          activation: { maximumDuration: 'PT8H' },
          leadsTo: [{ mode: 'eligible', activationsNeeded: 2, activation: { maximumDuration: 'PT4H' } }],
        },
      ],
    });
  });

  test('is suggested when enough like the caller have it, and nobody learns who', async () => {
    const near = await openPackage('Of the team');
    const hire = async (name: string) => {
      const id = await made('/users', {
        accountEnabled: true,
        displayName: name,
        mailNickname: name,
        userPrincipalName: `${name}@sallyport.example`,
        jobTitle: 'Reliability Engineer',
      });
      return play.asUser(id);
    };
    const me = await hire('engineer-0');
    const peers = [];
    for (const number of [1, 2, 3, 4]) peers.push(await hire(`engineer-${number}`));
    const told = async () => (await offers(me)).find((one) => String(one['id']) === near)?.['suggestedBecause'];
    for (const peer of peers.slice(0, 3)) expect(await ask(peer, near)).toBe(201);
    // Three of four: whoever knows one of them would know nearly all.
    expect(await told()).toEqual([]);
    const fifth = await hire('engineer-5');
    expect(await told()).toEqual([{ relation: 'sameJobTitle', atLeast: 3 }]);
    expect(await ask(fifth, near)).toBe(201);
    // Four of five, and still no more is said.
    expect(await told()).toEqual([{ relation: 'sameJobTitle', atLeast: 3 }]);
    const suggested = await offers(me, '?$filter=isSuggested eq true');
    expect(suggested.map((one) => String(one['id']))).toEqual([near]);
    expect(await ask(me, near)).toBe(201);
    expect(await told()).toEqual([]);
  });

  test('is paged by links', async () => {
    for (const number of [1, 2, 3]) await openPackage(`Page ${number}`);
    const first = await requestor.get('/sallyport/accessPackages?$top=2&$count=true');
    const names = list(first.body['value']).map((one) => String(one['displayName']));
    expect(Number(first.body['@odata.count'])).toBeGreaterThan(3);
    const link = new URL(String(first.body['@odata.nextLink']));
    const second = await requestor.get(`${link.pathname}${link.search}`);
    const more = list(second.body['value']).map((one) => String(one['displayName']));
    expect([...names, ...more]).toEqual([...names, ...more].toSorted());
    expect(new Set([...names, ...more]).size).toBe(4);
  });

  test('what was given directly to many is still found', async () => {
    const id = await openPackage('Given');
    const [policy] = await listed(admin, `${entitlements}/accessPackages/${id}/assignmentPolicies`);
    await made(`${entitlements}/assignmentRequests`, adminAdd(requestor.id, id, String(policy?.['id'])));
    expect((await offers(requestor)).find((one) => String(one['id']) === id)?.['held']).not.toBeNull();
  });
});
