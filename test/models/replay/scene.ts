import { type Desk, deskIn, entitlements, stageOf } from '../../scenarios/desk.ts';
import { openStage } from '../../scenarios/doors.ts';
import { approvedBy, changeRule, helpdesk, policyIdOf } from '../../scenarios/pim.ts';
import { type Actor, type Answer, type Json, openPlay } from '../../scenarios/play.ts';
import { type HeldClock, quickClock } from '../../signin.ts';

/** A tenant in which much can happen: packages of several kinds, people who ask, people who decide. */
export interface Scene {
  readonly desk: Desk;
  /** Real time: what was given to somebody in the second in which their account was shut is worth nothing. */
  readonly realClock: HeldClock;
  /** Signed in anew whenever all accounts are opened. */
  people: readonly Actor[];
  approvers: readonly Actor[];
  /** Ids of packages, each with a character of its own. */
  readonly packages: readonly string[];
  /** Ids of groups that packages give. */
  readonly groups: readonly string[];
  /** Whoever is in it may ask for one of the packages. */
  readonly scopeId: string;
  /** Whoever is in it may decide. */
  readonly councilId: string;
  /** A group under PIM: membership of it is given as eligible, and its activation waits for an approval. */
  readonly pimGroupId: string;
  /** A role scope that can be taken away and given back. */
  readonly extra: { readonly packageId: string; readonly groupId: string };
}

const self = {
  enableTargetsToSelfAddAccess: true,
  enableTargetsToSelfUpdateAccess: true,
  enableTargetsToSelfRemoveAccess: true,
  allowCustomAssignmentSchedule: true,
  enableOnBehalfRequestorsToAddAccess: true,
  onBehalfRequestors: [{ '@odata.type': '#microsoft.graph.targetManager', managerLevel: 1 }],
};
const user = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });
const groupMembers = (groupId: string) => ({ '@odata.type': '#microsoft.graph.groupMembers', groupId });
export const question = '#microsoft.graph.accessPackageTextInputQuestion';

export async function openScene(): Promise<Scene> {
  const realClock = quickClock();
  const desk = await deskIn(await openPlay('embedded', { realClock }));
  const { play, admin } = desk;
  const approvers = await Promise.all(['manager', 'ciso', 'it-manager', 'identity-lead'].map((name) => play.as(name)));
  const people = [
    await play.as('requestor'),
    await play.as('colleague'),
    await desk.hire('manager'),
    await desk.hire('it-manager'),
  ];
  const councilId = await desk.group();
  await join(admin, councilId, play.idOf('identity-lead'));
  const scopeId = await desk.group();
  const pimGroupId = await desk.group();
  const decided = await desk.offer({
    requestorSettings: self,
    questions: [{ '@odata.type': question, text: 'Why', isRequired: false, isAnswerEditable: true }],
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      isApprovalRequiredForUpdate: true,
      stages: [
        {
          durationBeforeAutomaticDenial: 'P4D',
          isApproverJustificationRequired: false,
          primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }],
          fallbackPrimaryApprovers: [user(play.idOf('it-manager'))],
          isEscalationEnabled: true,
          durationBeforeEscalation: 'P1D',
          escalationApprovers: [groupMembers(councilId)],
          fallbackEscalationApprovers: [],
        },
        { ...stageOf(play, 'ciso'), primaryApprovers: [user(play.idOf('ciso')), groupMembers(councilId)] },
      ],
    },
  });
  const scoped = await desk.offer({
    requestorSettings: self,
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [groupMembers(scopeId)],
    expiration: { type: 'afterDuration', duration: 'P20D' },
  });
  const automatic = await desk.offer({
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [
      { '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule: 'user.department -eq "Replay"' },
    ],
    automaticRequestSettings: {
      requestAccessForAllowedTargets: true,
      removeAccessWhenTargetLeavesAllowedTargets: true,
      gracePeriodBeforeAccessRemoval: 'P2D',
    },
    expiration: { type: 'noExpiration' },
    requestorSettings: {},
  });
  const short = await desk.offer({ requestorSettings: self, expiration: { type: 'afterDuration', duration: 'PT30H' } });
  await givesEligible(admin, short.packageId, pimGroupId);
  await changeRule(admin, await policyIdOf(admin, helpdesk), 'Expiration_Admin_Eligibility', {
    isExpirationRequired: false,
    maximumDuration: 'P365D',
  });
  const packages = [decided, scoped, automatic, short].map(({ packageId }) => packageId);
  const groups = [decided, scoped, automatic, short].map(({ groupId }) => groupId);
  const extra = { packageId: scoped.packageId, groupId: short.groupId };
  return { desk, realClock, people, approvers, packages, groups, scopeId, councilId, pimGroupId, extra };
}

/** Onboards a group, has its activations approved, and lets a package give it as eligible, for four days at most. */
async function givesEligible(admin: Actor, packageId: string, groupId: string): Promise<void> {
  const policy = () => policyIdOf(admin, 'member', groupId);
  const limit = { isExpirationRequired: true, maximumDuration: 'P4D' };
  await changeRule(admin, await policy(), 'Expiration_Admin_Eligibility', limit);
  const [decider] = (await admin.get("/users?$filter=userPrincipalName eq 'ciso@sallyport.example'")).body[
    'value'
  ] as unknown as Json[];
  await changeRule(admin, await policy(), 'Approval_EndUser_Assignment', approvedBy(String(decider?.['id'])));
  await addResource(admin, groupId);
  const added = await addRole(admin, packageId, groupId, 'EligibleMember');
  if (added.status !== 201) throw new Error(JSON.stringify(added.body));
}

async function addResource(admin: Actor, originId: string): Promise<void> {
  const found = await admin.get(`${entitlements}/catalogs?$filter=displayName eq 'General'`);
  const catalog = { id: String(found.body['value']?.[0]?.['id']) };
  const resource = { originId, originSystem: 'AadGroup' };
  await admin.post(`${entitlements}/resourceRequests`, { requestType: 'adminAdd', resource, catalog });
}

export function addRole(admin: Actor, packageId: string, groupId: string, role = 'Member'): Promise<Answer> {
  return admin.post(`${entitlements}/accessPackages/${packageId}/resourceRoleScopes`, {
    role: { originId: `${role}_${groupId}`, originSystem: 'AadGroup' },
    scope: { originId: groupId, originSystem: 'AadGroup' },
  });
}

export function join(admin: Actor, groupId: string, id: string): Promise<Answer> {
  const reference = { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` };
  return admin.post(`/groups/${groupId}/members/$ref`, reference);
}

/** Requests for packages, the latest first. */
export async function requestsOf({ desk }: Scene, filter = ''): Promise<readonly Json[]> {
  const query = `?$orderby=createdDateTime desc&$top=20${filter === '' ? '' : `&$filter=${encodeURIComponent(filter)}`}`;
  const { body } = await desk.admin.get(`${entitlements}/assignmentRequests${query}`);
  return body['value'] as unknown as readonly Json[];
}

/** The assignments that are delivered. */
export async function assignmentsOf({ desk }: Scene): Promise<readonly Json[]> {
  const filter = encodeURIComponent("state eq 'delivered'");
  const { body } = await desk.admin.get(`${entitlements}/assignments?$filter=${filter}&$expand=target`);
  return body['value'] as unknown as readonly Json[];
}

/** Decides the open stage of a request. */
export async function decideOpen(
  { desk }: Scene,
  who: Actor,
  request: Json,
  reviewResult: 'Approve' | 'Deny',
): Promise<Answer> {
  const id = String(request['id']);
  const stage = String((await openStage(desk.admin, id))?.['id']);
  const body = { reviewResult, justification: 'As the story goes' };
  return who.patch(`${entitlements}/accessPackageAssignmentApprovals/${id}/stages/${stage}`, body);
}
