import { Duration } from '@microsoft/kiota-abstractions';
import type {
  AccessPackageApprovalStage,
  AccessPackageAssignmentPolicy,
  SubjectSet,
  UnifiedRoleManagementPolicyExpirationRule,
} from '@microsoft/msgraph-sdk/models/index.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlay, type Play } from '../scenarios/play.ts';
import { type Holder, holderOf, trust } from './client.ts';

/** Microsoft's TypeScript SDK, as it comes, builds the design and takes a person through both doors, over https. */

const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';

/*
 * In version 1.0.0-preview.90 the SDK writes of a derived type, where its base is declared, the name and `additionalData`
 * alone. What a derived type has of its own goes there.
 */
const derived = (type: string, additionalData: Record<string, unknown>) => ({
  odataType: `#microsoft.graph.${type}`,
  additionalData,
});

const person = (userId: string): SubjectSet => derived('singleUser', { userId });

const stage = (...primaryApprovers: SubjectSet[]): AccessPackageApprovalStage => ({
  durationBeforeAutomaticDenial: Duration.parse('P2D'),
  isApproverJustificationRequired: true,
  isEscalationEnabled: false,
  primaryApprovers,
  fallbackPrimaryApprovers: [],
  escalationApprovers: [],
  fallbackEscalationApprovers: [],
});

describe.each(['Member', 'EligibleMember'] as const)(
  'Microsoft’s TypeScript SDK, by a package that gives %s',
  (gives) => {
    let play: Play;
    let admin: Holder;
    let requestor: Holder;
    let groupId: string;
    let packageId: string;
    let requestId: string;

    beforeAll(async () => {
      play = await openPlay('embedded');
      trust(play.app.caPath);
      [admin, requestor] = [await holderOf(play, 'admin'), await holderOf(play, 'requestor')];
    });
    afterAll(() => play?.close());

    const roleGroup = (displayName: string) => ({
      displayName,
      mailEnabled: false,
      mailNickname: displayName,
      securityEnabled: true,
      isAssignableToRole: true,
    });

    /** Does what needs the role: a role-assignable group. Gives the status. */
    async function useRole(): Promise<number> {
      try {
        const made = await requestor.graph.groups.post(roleGroup(`GRP-PROOF-${crypto.randomUUID().slice(0, 8)}`));
        expect(made?.isAssignableToRole).toBe(true);
        return 201;
      } catch (fault) {
        expect(fault).toMatchObject({ errorEscaped: { code: 'Authorization_RequestDenied' } });
        return (fault as { responseStatusCode: number }).responseStatusCode;
      }
    }

    test('an administrator makes a group, and brings it and its role under PIM', async () => {
      const { graph } = admin;
      const group = await graph.groups.post(roleGroup('GRP-SDK'));
      groupId = group?.id ?? '';
      const roles = gives === 'Member' ? 'eligible' : 'active';
      const where =
        gives === 'Member'
          ? `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${privilegedRoleAdministrator}'`
          : `scopeId eq '${groupId}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`;
      const assigned = await graph.policies.roleManagementPolicyAssignments.get({
        queryParameters: { filter: where, expand: ['policy($expand=rules)'] },
      });
      const policy = assigned?.value?.[0]?.policy;
      expect(policy?.rules).toHaveLength(17);
      const target = { caller: 'EndUser', operations: ['all' as const], level: 'Assignment' };
      const expiration = derived('unifiedRoleManagementPolicyExpirationRule', {
        isExpirationRequired: true,
        maximumDuration: 'PT4H',
      });
      const enablement = derived('unifiedRoleManagementPolicyEnablementRule', {
        enabledRules: ['MultiFactorAuthentication', 'Justification'],
      });
      // The first change brings a group under PIM, and its policy then has another id.
      const rulesNow = async () => {
        const now = await graph.policies.roleManagementPolicyAssignments.get({ queryParameters: { filter: where } });
        return graph.policies.roleManagementPolicies.byUnifiedRoleManagementPolicyId(now?.value?.[0]?.policyId ?? '')
          .rules;
      };
      for (const [id, rule] of [
        ['Expiration_EndUser_Assignment', expiration],
        ['Enablement_EndUser_Assignment', enablement],
      ] as const) {
        await (await rulesNow()).byUnifiedRoleManagementPolicyRuleId(id).patch({ id, target, ...rule });
      }
      const read = await (await rulesNow()).byUnifiedRoleManagementPolicyRuleId('Expiration_EndUser_Assignment').get();
      expect(String((read as UnifiedRoleManagementPolicyExpirationRule).maximumDuration)).toBe('PT4H');
      const about = {
        action: 'adminAssign' as const,
        justification: 'The group holds the role',
        principalId: groupId,
        roleDefinitionId: privilegedRoleAdministrator,
        directoryScopeId: '/',
        scheduleInfo: { expiration: { type: 'noExpiration' as const } },
      };
      const made =
        roles === 'eligible'
          ? await graph.roleManagement.directory.roleEligibilityScheduleRequests.post(about)
          : await graph.roleManagement.directory.roleAssignmentScheduleRequests.post(about);
      expect(made).toMatchObject({ status: 'Provisioned', principalId: groupId });
    });

    test('a package with three stages is made', async () => {
      const { entitlementManagement: em } = admin.graph.identityGovernance;
      const found = await em.catalogs.get({ queryParameters: { filter: "displayName eq 'General'" } });
      const catalog = { id: found?.value?.[0]?.id ?? '' };
      const resource = { originId: groupId, originSystem: 'AadGroup' };
      const added = await em.resourceRequests.post({ requestType: 'adminAdd', resource, catalog });
      expect(added).toMatchObject({ requestType: 'adminAdd', state: 'delivered' });
      const listed = await em.catalogs
        .byAccessPackageCatalogId(catalog.id)
        .resources.get({ queryParameters: { filter: `originId eq '${groupId}'`, expand: ['roles', 'scopes'] } });
      const held = listed?.value?.[0];
      const role = held?.roles?.find((one) => one.originId === `${gives}_${groupId}`);
      const made = await em.accessPackages.post({
        displayName: `AP – SDK ${gives}`,
        description: 'By the SDK',
        catalog,
      });
      packageId = made?.id ?? '';
      const scoped = await em.accessPackages.byAccessPackageId(packageId).resourceRoleScopes.post({
        role: { ...role, resource: { id: held?.id ?? '', ...resource } },
        scope: held?.scopes?.[0] ?? null,
      });
      expect(scoped?.id).toMatch(/_/);
      const threeStages: AccessPackageAssignmentPolicy = {
        displayName: 'Three stages',
        description: 'Manager, then security, then the identity team',
        allowedTargetScope: 'specificDirectoryUsers',
        specificAllowedTargets: [person(requestor.id)],
        expiration: { type: 'afterDuration', duration: Duration.parse('PT8H') },
        requestorSettings: { enableTargetsToSelfAddAccess: true },
        requestApprovalSettings: {
          isApprovalRequiredForAdd: true,
          stages: [
            stage(derived('requestorManager', { managerLevel: 1 })),
            stage(person(play.idOf('ciso'))),
            stage(person(play.idOf('identity-lead'))),
          ],
        },
        accessPackage: { id: packageId },
      };
      const policy = await em.assignmentPolicies.post(threeStages);
      expect(String(policy?.expiration?.duration)).toBe('PT8H');
      const again = await em.assignmentPolicies.byAccessPackageAssignmentPolicyId(policy?.id ?? '').get({
        queryParameters: { expand: ['accessPackage'] },
      });
      expect(again?.accessPackage?.id).toBe(packageId);
      expect(again?.requestApprovalSettings?.stages?.[0]?.primaryApprovers?.[0]?.odataType).toBe(
        '#microsoft.graph.requestorManager',
      );
      const put = await em.assignmentPolicies
        .byAccessPackageAssignmentPolicyId(policy?.id ?? '')
        .put({ ...threeStages, description: 'Manager, then the CISO, then the identity team' });
      expect(put?.description).toBe('Manager, then the CISO, then the identity team');
    });

    test('the requestor finds the package and asks for it', async () => {
      const { entitlementManagement: em } = requestor.graph.identityGovernance;
      const offered = await em.accessPackages.filterByCurrentUserWithOn('allowedRequestor').get();
      expect(offered?.value?.map(({ id }) => id)).toContain(packageId);
      const asked = await em.assignmentRequests.post({
        requestType: 'userAdd',
        assignment: { additionalData: { accessPackageId: packageId } },
        justification: 'Tenant migration tonight',
      });
      expect(asked).toMatchObject({ requestType: 'userAdd', state: 'pendingApproval' });
      requestId = asked?.id ?? '';
      expect(await useRole()).toBe(403);
    });

    test.each(['manager', 'ciso', 'identity-lead'])('%s finds the approval and approves', async (name) => {
      const approver = await holderOf(play, name);
      const { accessPackageAssignmentApprovals } = approver.graph.identityGovernance.entitlementManagement;
      const mine = await accessPackageAssignmentApprovals.filterByCurrentUserWithOn('approver').get();
      expect(mine?.value?.map(({ id }) => id)).toContain(requestId);
      const { stages } = accessPackageAssignmentApprovals.byApprovalId(requestId);
      const open = (await stages.get())?.value?.find(({ status }) => status === 'InProgress');
      expect(open).toMatchObject({ assignedToMe: true, reviewResult: 'NotReviewed' });
      const decision = { reviewResult: 'Approve', justification: 'I looked at the ticket' };
      expect(await stages.byApprovalStageId(open?.id ?? '').patch(decision)).toBeUndefined();
      const done = await stages.byApprovalStageId(open?.id ?? '').get();
      expect(done).toMatchObject({ status: 'Completed', reviewedBy: { id: approver.id } });
      expect(done?.reviewedDateTime).toBeInstanceOf(Date);
    });

    test('the requestor activates, uses the role, and it ends by itself', async () => {
      const { graph } = requestor;
      const request = await graph.identityGovernance.entitlementManagement.assignmentRequests
        .byAccessPackageAssignmentRequestId(requestId)
        .get({ queryParameters: { expand: ['assignment'] } });
      expect(request).toMatchObject({ state: 'delivered', assignment: { state: 'delivered' } });
      expect(await useRole()).toBe(403);
      const me = await graph.me.get();
      const scheduleInfo = { expiration: { type: 'afterDuration' as const, duration: Duration.parse('PT2H') } };
      const action = 'selfActivate' as const;
      const common = { action, principalId: me?.id ?? '', justification: 'CHG0042', scheduleInfo };
      const { roleManagement, identityGovernance } = graph;
      const activated =
        gives === 'Member'
          ? await roleManagement.directory.roleAssignmentScheduleRequests.post({
              ...common,
              roleDefinitionId: privilegedRoleAdministrator,
              directoryScopeId: '/',
            })
          : await identityGovernance.privilegedAccess.group.assignmentScheduleRequests.post({
              ...common,
              accessId: 'member',
              groupId,
            });
      expect(activated).toMatchObject({ status: 'Provisioned', action: 'selfActivate' });
      const instances = async () =>
        gives === 'Member'
          ? (
              await roleManagement.directory.roleAssignmentScheduleInstances
                .filterByCurrentUserWithOn('principal')
                .get()
            )?.value
          : (
              await identityGovernance.privilegedAccess.group.assignmentScheduleInstances
                .filterByCurrentUserWithOn('principal')
                .get({ queryParameters: { filter: `groupId eq '${groupId}'` } })
            )?.value;
      expect(await instances()).toMatchObject([{ assignmentType: gives === 'Member' ? 'Activated' : 'activated' }]);
      expect(await useRole()).toBe(201);
      await play.move('PT2H');
      expect(await instances()).toEqual([]);
      expect(await useRole()).toBe(403);
      await play.move('PT6H');
      const over = await graph.identityGovernance.entitlementManagement.assignments
        .filterByCurrentUserWithOn('target')
        .get();
      expect(over?.value?.map(({ state }) => state)).toEqual(['expired']);
      expect(await admin.graph.groups.byGroupId(groupId).members.get()).toMatchObject({ value: [] });
    });
  },
);
