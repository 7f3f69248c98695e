import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { activate, globalAdministrator, passFirstDoor, seedPackage } from '../scenarios/doors.ts';
import { type Actor, eventual, openPlay, type Play } from '../scenarios/play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const requests = `${entitlements}/assignmentRequests`;
const assignments = `${entitlements}/assignments`;
const roles = '/roleManagement/directory';
const pim = '/identityGovernance/privilegedAccess/group';
const audits = '/auditLogs/directoryAudits';
const policies = '/policies/roleManagementPolicyAssignments';

/** What Microsoft's reference shows or names as queries; names in braces stand for ids of the played story. */
const documented: readonly string[] = [
  "/users?$filter=startswith(displayName,'r')",
  "/users?$filter=endswith(userPrincipalName,'@sallyport.example')&$count=true",
  "/users?$filter=userPrincipalName eq 'REQUESTOR@sallyport.example'",
  "/users?$filter=jobTitle eq 'IT Administrator' and accountEnabled eq true",
  "/users?$filter=not(startswith(displayName,'zz'))&$orderby=displayName&$top=2&$count=true",
  "/users?$filter=department in ('IT','Security')",
  '/users?$filter=assignedLicenses/$count eq 0&$count=true',
  "/users?$filter=id in ('{requestor}')&$expand=manager($levels=max;$select=id,displayName)",
  '/users?$search="displayName:requ" OR "mail:requ"&$count=true',
  "/groups?$filter=groupTypes/any(c:c eq 'DynamicMembership')",
  "/groups?$filter=NOT groupTypes/any(c:c eq 'Unified')&$count=true",
  '/groups?$filter=mailEnabled eq false and securityEnabled eq true&$select=id,displayName,securityEnabled',
  "/groups?$filter=isAssignableToRole eq true and startswith(displayName,'GRP')",
  '/groups?$search="displayName:GRP"&$orderby=displayName',
  '/groups?$filter=owners/$count eq 0&$count=true',
  "/groups/{group}/members/microsoft.graph.user?$filter=startswith(displayName,'r')&$count=true",
  '/users/{requestor}/transitiveMemberOf/microsoft.graph.group?$filter=isAssignableToRole eq true&$count=true',
  `/users/{requestor}/transitiveMemberOf/microsoft.graph.directoryRole?$filter=roleTemplateId eq '${globalAdministrator}'`,
  `/directoryRoles?$filter=roleTemplateId eq '${globalAdministrator}'&$expand=members`,
  `${roles}/roleDefinitions?$filter=displayName eq 'Global Administrator'`,
  `${roles}/roleDefinitions?$filter=startsWith(displayName,'Glob') and isBuiltIn eq true`,
  `/beta${roles}/roleDefinitions?$filter=isPrivileged eq true`,
  `${roles}/roleAssignments?$filter=roleDefinitionId eq '${globalAdministrator}'&$expand=principal`,
  `${roles}/roleAssignments?$filter=principalId eq '{admin}'&$expand=roleDefinition`,
  `${roles}/roleEligibilitySchedules?$filter=principalId eq '{group}' and roleDefinitionId eq '${globalAdministrator}'`,
  `${roles}/roleEligibilityScheduleInstances?$filter=startDateTime le {now} and endDateTime eq null`,
  `${roles}/roleEligibilityScheduleRequests?$filter=status eq 'Provisioned'&$expand=targetSchedule,principal`,
  `${roles}/roleAssignmentScheduleInstances?$filter=assignmentType eq 'Activated'&$expand=activatedUsing`,
  `${roles}/roleAssignmentScheduleInstances?$filter=memberType eq 'Direct' and directoryScopeId eq '/'`,
  `${roles}/roleAssignmentScheduleRequests?$filter=action eq 'selfActivate' and principalId eq '{requestor}'`,
  `${roles}/roleAssignmentScheduleRequests?$filter=createdBy/user/id eq '{requestor}'&$orderby=createdDateTime desc`,
  `${pim}/assignmentScheduleInstances?$filter=groupId eq '{group}'&$expand=group,principal`,
  `${pim}/assignmentSchedules?$filter=principalId eq '{requestor}' and accessId eq 'member'`,
  `${policies}?$filter=scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${globalAdministrator}'&$expand=policy($expand=rules)`,
  `${policies}?$filter=scopeId eq '{group}' and scopeType eq 'Group' and roleDefinitionId eq 'member'`,
  `/policies/roleManagementPolicies?$filter=scopeId eq '/' and scopeType eq 'Directory'&$expand=rules,effectiveRules($select=id)&$top=2`,
  `${entitlements}/accessPackages?$filter=contains(tolower(displayName),'global')`,
  `${entitlements}/accessPackages?$filter=catalog/displayName eq 'General'&$expand=resourceRoleScopes($expand=role,scope)`,
  `${entitlements}/accessPackages?$search="global"&$expand=assignmentPolicies,catalog`,
  `${entitlements}/catalogs?$filter=contains(tolower(displayName),'gen')&$expand=accessPackages`,
  `${entitlements}/catalogs?$filter=state eq 'published' and catalogType eq 'serviceDefault'`,
  `${entitlements}/resources?$filter=originSystem eq 'AadGroup'&$expand=roles,scopes`,
  `${entitlements}/assignmentPolicies?$filter=accessPackage/id eq '{package}'&$expand=accessPackage,catalog`,
  `${entitlements}/assignmentPolicies?$filter=allowedTargetScope eq 'specificDirectoryUsers'`,
  `${requests}?$filter=state eq 'delivered' and createdDateTime gt 2020-01-01T00:00:00Z`,
  `${requests}?$filter=requestType eq 'userAdd' and accessPackage/id eq '{package}'`,
  `${requests}?$filter=requestor/objectId eq '{requestor}'&$expand=requestor,accessPackage`,
  `${requests}?$filter=assignment/target/objectId eq '{requestor}'&$expand=assignment($expand=target,assignmentPolicy)`,
  `${assignments}?$filter=target/objectId eq '{requestor}'&$expand=target,accessPackage`,
  `${assignments}?$filter=accessPackage/id eq '{package}' and state eq 'Delivered'`,
  `${assignments}?$filter=assignmentPolicy/id ne null and accessPackage/catalog/displayName eq 'General'`,
  `${entitlements}/accessPackageAssignmentApprovals?$filter=stages/any(s:s/status eq 'Completed')&$expand=stages`,
  `${audits}?$filter=activityDateTime ge 2020-01-01T00:00:00Z and activityDateTime le {now}&$orderby=activityDateTime desc`,
  `${audits}?$filter=category eq 'GroupManagement' and loggedByService eq 'Core Directory'`,
  `${audits}?$filter=initiatedBy/user/id eq '{requestor}' and result eq 'success'`,
  `${audits}?$filter=initiatedBy/user/userPrincipalName eq 'requestor@sallyport.example'`,
  `${audits}?$filter=targetResources/any(t:t/id eq '{requestor}')`,
  `${audits}?$filter=targetResources/any(t: startswith(t/displayName,'GRP')) and operationType ne 'Read'`,
  `${audits}?$filter=correlationId eq '{request}'`,
  `${audits}?$filter=startswith(activityDisplayName,'User requests')`,
];

describe.each(databaseKinds)('documented queries on %s', (kind) => {
  let play: Play;
  let admin: Actor;
  let known: Readonly<Record<string, string>>;
  beforeAll(async () => {
    play = await openPlay(kind);
    admin = (await play.as('admin')).with(eventual);
    const requestor = await play.as('requestor');
    const request = await passFirstDoor(play, requestor);
    expect((await activate(requestor)).status).toBe(201);
    const { body } = await admin.get("/groups?$filter=displayName eq 'GRP-ELIG-GlobalAdmin'");
    known = {
      requestor: requestor.id,
      admin: admin.id,
      group: String(body['value']?.[0]?.['id']),
      package: await seedPackage(admin),
      request,
      now: await play.now(),
    };
  });
  afterAll(() => play?.close());

  it.each(documented)('%s', async (query) => {
    const address = query.replace(/\{(\w+)\}/g, (_all, name: string) => known[name] ?? '');
    const { status, body } = await admin.get(address);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body['value']).not.toHaveLength(0);
  });
});
