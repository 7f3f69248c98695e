import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { type Delegated, delegated } from './delegated.ts';
import { type Actor, type Answer, openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const code = ({ body }: Answer) => String(body?.['error']?.['code'] ?? '');

describe.each(databaseKinds)('people from outside on %s', (kind) => {
  let play: Play;
  let stage: Delegated;
  let partner: Actor;
  let stray: Actor;
  let member: Actor;
  let organizationId: string;

  beforeAll(async () => {
    play = await openPlay(kind);
    stage = await delegated(play);
    partner = await stage.hire('partner', { userType: 'Guest', mail: 'pat@partner.example' });
    stray = await stage.hire('stray', { userType: 'Guest', mail: 'sam@stray.example' });
    member = await stage.hire('insider', { mail: 'ina@partner.example' });
    const identitySources = [{ '@odata.type': '#microsoft.graph.domainIdentitySource', domainName: 'partner.example' }];
    const made = await stage.admin.post(`${entitlements}/connectedOrganizations`, {
      displayName: 'Partner',
      identitySources,
    });
    organizationId = String(made.body['id']);
  });
  afterAll(() => play?.close());

  async function openTo(scope: object, isExternallyVisible = true): Promise<string> {
    const { admin } = stage;
    const made = async (path: string, body: object) => {
      const answer = await admin.post(`${entitlements}/${path}`, body);
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      return String(answer.body['id']);
    };
    const id = await made('catalogs', { displayName: 'Outside', isExternallyVisible });
    const packageId = await made('accessPackages', { displayName: 'For outsiders', catalog: { id } });
    await made('assignmentPolicies', {
      displayName: 'Outsiders',
      accessPackage: { id: packageId },
      expiration: { type: 'afterDuration', duration: 'P10D' },
      requestorSettings: { enableTargetsToSelfAddAccess: true },
      ...scope,
    });
    return packageId;
  }

  const byAdmin = () => ({
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      stages: [
        {
          durationBeforeAutomaticDenial: 'P2D',
          primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: stage.admin.id }],
        },
      ],
    },
  });

  /** What each of the three hears when they ask, and whether they were shown the package before. */
  async function ask(packageId: string): Promise<string[]> {
    const heard: string[] = [];
    for (const actor of [partner, stray, member]) {
      const shown = await actor.get(`${entitlements}/accessPackages/${packageId}`);
      const answer = await actor.post(`${entitlements}/assignmentRequests`, {
        requestType: 'userAdd',
        assignment: { accessPackageId: packageId },
      });
      // What is shown can be asked for, and the other way round.
      expect([actor.id, shown.status]).toEqual([actor.id, answer.status === 201 ? 200 : 404]);
      heard.push(code(answer));
    }
    return heard;
  }

  test('ask for what their organization may have', async () => {
    const specificAllowedTargets = [
      { '@odata.type': '#microsoft.graph.connectedOrganizationMembers', connectedOrganizationId: organizationId },
    ];
    const scope = { allowedTargetScope: 'specificConnectedOrganizationUsers', specificAllowedTargets };
    expect(await ask(await openTo(scope))).toEqual(['', 'RequestorNotInScope', 'RequestorNotInScope']);
    const unknown = [{ ...specificAllowedTargets[0], connectedOrganizationId: crypto.randomUUID() }];
    await expect(openTo({ ...scope, specificAllowedTargets: unknown })).rejects.toThrow('SubjectNotFound');
  });

  test('ask for what all configured organizations may have', async () => {
    const scope = { allowedTargetScope: 'allConfiguredConnectedOrganizationUsers' };
    expect(await ask(await openTo(scope))).toEqual(['', 'RequestorNotInScope', 'RequestorNotInScope']);
  });

  test('ask where everyone may, with approval, which makes their organization known', async () => {
    await expect(openTo({ allowedTargetScope: 'allExternalUsers' })).rejects.toThrow('ApprovalRequiredForOutsiders');
    expect(await ask(await openTo({ allowedTargetScope: 'allExternalUsers', ...byAdmin() }))).toEqual([
      '',
      '',
      'RequestorNotInScope',
    ]);
    const { body } = await stage.admin.get(
      `${entitlements}/connectedOrganizations?$filter=displayName eq 'stray.example'`,
    );
    expect(body['value']?.[0]?.['state']).toBe('proposed');
    // A proposed organization is none of the configured ones.
    const scope = { allowedTargetScope: 'allConfiguredConnectedOrganizationUsers' };
    expect(await ask(await openTo(scope))).toEqual(['', 'RequestorNotInScope', 'RequestorNotInScope']);
  });

  test('see and get nothing of a catalog that is not for outside', async () => {
    const packageId = await openTo({ allowedTargetScope: 'allConfiguredConnectedOrganizationUsers' }, false);
    expect(await ask(packageId)).toEqual(['CatalogNotExternallyVisible', 'RequestorNotInScope', 'RequestorNotInScope']);
  });

  test('are no members, where members may ask', async () => {
    expect(await ask(await openTo({ allowedTargetScope: 'allMemberUsers' }))).toEqual([
      'RequestorNotInScope',
      'RequestorNotInScope',
      '',
    ]);
  });

  test('are given nothing directly by a policy for others', async () => {
    const packageId = await openTo({ allowedTargetScope: 'allConfiguredConnectedOrganizationUsers' });
    const give = async (targetId: string) =>
      code(
        await stage.admin.post(`${entitlements}/assignmentRequests`, {
          requestType: 'adminAdd',
          assignment: { targetId, accessPackageId: packageId },
        }),
      );
    expect([await give(partner.id), await give(stray.id), await give(member.id)]).toEqual([
      '',
      'TargetNotInScope',
      'TargetNotInScope',
    ]);
  });
});
