import type { Actor, Answer, Json, Play } from './play.ts';

/** Ids of the built-in roles of entitlement management, from "Delegation and roles in entitlement management". */
export const catalogRoles = {
  owner: 'ae79f266-94d4-4dab-b730-feca7e132178',
  reader: '44272f93-9762-48e8-af59-1b5351b1d6b3',
  packageManager: '7f480852-ebdc-47d4-87de-0d8498384a83',
  assignmentManager: 'e2182095-804a-4656-ae11-64734e9b7ae5',
  creator: 'ba92d953-d8e0-4e39-a797-0cbedb0a89e8',
} as const;

const entitlements = '/identityGovernance/entitlementManagement';
const assignments = '/roleManagement/entitlementManagement/roleAssignments';

/** A catalog with a group in it, a package that gives it, a policy of the package, and somebody who has it. */
export interface Stocked {
  readonly catalogId: string;
  readonly groupId: string;
  readonly packageId: string;
  readonly policyId: string;
  readonly assignmentId: string;
  readonly holderId: string;
}

/** A play with two catalogs, and one person for each role in the first. */
export interface Delegated {
  readonly admin: Actor;
  readonly ours: Stocked;
  readonly theirs: Stocked;
  readonly owner: Actor;
  readonly manager: Actor;
  readonly assigner: Actor;
  readonly reader: Actor;
  /** Owner of the other catalog. */
  readonly stranger: Actor;
  hire(name: string, attributes?: object): Promise<Actor>;
  as(id: string): Promise<Actor>;
  group(name: string, members?: readonly string[], owners?: readonly string[]): Promise<string>;
  stock(displayName: string): Promise<Stocked>;
}

/** Everybody by the part they play. */
export function people({ owner, manager, assigner, reader, stranger }: Delegated) {
  return { owner, manager, assigner, reader, stranger };
}

function good(answer: Answer): Json {
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer.body;
}

/** Sets the stage. */
export async function delegated(play: Play): Promise<Delegated> {
  const admin = await play.as('admin');
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const made = async (path: string, body: unknown) => String(good(await admin.post(path, body))['id']);
  const bind = (ids: readonly string[]) => ids.map((id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`);
  const hire = async (name: string, attributes: object = {}) => {
    const userPrincipalName = `${name}@sallyport.example`;
    const body = { accountEnabled: true, displayName: name, mailNickname: name, userPrincipalName, ...attributes };
    return play.asUser(await made('/users', body));
  };
  const group = (name: string, members: readonly string[] = [], owners: readonly string[] = []) =>
    made('/groups', {
      displayName: name,
      mailEnabled: false,
      mailNickname: `${name}-${next()}`,
      securityEnabled: true,
      ...(members.length > 0 ? { 'members@odata.bind': bind(members) } : {}),
      ...(owners.length > 0 ? { 'owners@odata.bind': bind(owners) } : {}),
    });
  const stock = async (displayName: string): Promise<Stocked> => {
    const catalogId = await made(`${entitlements}/catalogs`, { displayName });
    const groupId = await group(`Group of ${displayName}`.replaceAll(' ', '-'));
    const resource = { originId: groupId, originSystem: 'AadGroup' };
    await made(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog: { id: catalogId } });
    const packageId = await made(`${entitlements}/accessPackages`, {
      displayName: `Package of ${displayName}`,
      isHidden: true,
      catalog: { id: catalogId },
    });
    await made(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
      role: { originId: `Member_${groupId}`, originSystem: 'AadGroup' },
      scope: { originId: groupId, originSystem: 'AadGroup' },
    });
    const policyId = await made(`${entitlements}/assignmentPolicies`, directPolicy(packageId));
    const holder = await hire(`holder-${next()}`);
    const request = good(
      await admin.post(`${entitlements}/assignmentRequests`, adminAdd(holder.id, packageId, policyId)),
    );
    const found = await admin.get(`${entitlements}/assignmentRequests/${request['id']}?$expand=assignment`);
    const assignmentId = String(good(found)['assignment']?.['id']);
    return { catalogId, groupId, packageId, policyId, assignmentId, holderId: holder.id };
  };
  const ours = await stock('Ours');
  const theirs = await stock('Theirs');
  const holderOf = async (name: string, roleDefinitionId: string, { catalogId }: Stocked) => {
    const actor = await hire(name);
    const appScopeId = `/AccessPackageCatalog/${catalogId}`;
    good(await admin.post(assignments, { principalId: actor.id, roleDefinitionId, appScopeId }));
    return actor;
  };
  return {
    admin,
    ours,
    theirs,
    owner: await holderOf('owner', catalogRoles.owner, ours),
    manager: await holderOf('package-manager', catalogRoles.packageManager, ours),
    assigner: await holderOf('assigner', catalogRoles.assignmentManager, ours),
    reader: await holderOf('reader', catalogRoles.reader, ours),
    stranger: await holderOf('stranger', catalogRoles.owner, theirs),
    hire,
    as: (id) => play.asUser(id),
    group,
    stock,
  };
}

/** A policy by which administrators alone give the package. */
export function directPolicy(packageId: string) {
  return {
    displayName: 'Direct',
    accessPackage: { id: packageId },
    allowedTargetScope: 'notSpecified',
    expiration: { type: 'afterDuration', duration: 'P10D' },
  };
}

/** The request by which somebody is given a package directly. */
export function adminAdd(targetId: string, accessPackageId: string, assignmentPolicyId: string) {
  return { requestType: 'adminAdd', assignment: { targetId, accessPackageId, assignmentPolicyId } };
}
