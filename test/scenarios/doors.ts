import type { Actor, Answer, Json, Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

/** The seed's package, as a person finds it. */
export async function seedPackage(actor: Actor): Promise<string> {
  const { body } = await actor.get(`${entitlements}/accessPackages?$select=id,displayName`);
  const [found] = (body['value'] as unknown as readonly Json[]).filter((one) =>
    String(one['displayName']).startsWith('AP – Global'),
  );
  if (found === undefined) throw new Error('The package of the seed is not there');
  return String(found['id']);
}

/** Asks for the seed's package with everything that it wants. */
export async function askForPackage(play: Play, person: Actor, changes: object = {}): Promise<Answer> {
  const admin = await play.as('admin');
  const accessPackageId = await seedPackage(admin);
  const policies = await admin.get(`${entitlements}/accessPackages/${accessPackageId}/assignmentPolicies`);
  const question = policies.body['value']?.[0]?.['questions']?.[0];
  return person.post(`${entitlements}/assignmentRequests`, {
    requestType: 'userAdd',
    assignment: { accessPackageId },
    justification: 'Tenant migration tonight',
    answers: [
      {
        '@odata.type': '#microsoft.graph.accessPackageAnswerString',
        value: 'CHG0042',
        answeredQuestion: {
          '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
          id: question?.['id'],
        },
      },
    ],
    ...changes,
  });
}

/** The open stage of a request, as somebody sees it. */
export async function openStage(actor: Actor, requestId: string): Promise<Json | undefined> {
  const { body } = await actor.get(`${entitlements}/accessPackageAssignmentApprovals/${requestId}?$expand=stages`);
  const stages = body['stages'] as unknown as readonly Json[];
  return stages.find((stage) => String(stage['status']) === 'InProgress');
}

/** Decides a stage: the open one, unless another is named. */
export async function decide(
  actor: Actor,
  requestId: string,
  reviewResult: 'Approve' | 'Deny',
  stageId?: string,
): Promise<Answer> {
  const stage = stageId ?? String((await openStage(actor, requestId))?.['id']);
  return actor.patch(`${entitlements}/accessPackageAssignmentApprovals/${requestId}/stages/${stage}`, {
    reviewResult,
    justification: 'I looked at the ticket',
  });
}

/** Asks, and has both stages of the seed's policy approved. Gives the request's id. */
export async function passFirstDoor(play: Play, person: Actor): Promise<string> {
  const request = await askForPackage(play, person);
  if (request.status !== 201) throw new Error(JSON.stringify(request.body));
  const id = String(request.body['id']);
  for (const name of ['manager', 'ciso']) {
    const decided = await decide(await play.as(name), id, 'Approve');
    if (decided.status !== 204) throw new Error(JSON.stringify(decided.body));
  }
  return id;
}

/** Activates Global Administrator for oneself. */
export function activate(person: Actor, duration = 'PT4H', changes: object = {}): Promise<Answer> {
  return person.post('/roleManagement/directory/roleAssignmentScheduleRequests', {
    action: 'selfActivate',
    principalId: person.id,
    roleDefinitionId: globalAdministrator,
    directoryScopeId: '/',
    justification: 'CHG0042',
    scheduleInfo: { expiration: { type: 'afterDuration', duration } },
    ...changes,
  });
}

/** Does something that needs the role: 201 with it, 403 without. */
export async function useRole(person: Actor): Promise<number> {
  const name = `GRP-PROOF-${crypto.randomUUID().slice(0, 8)}`;
  const { status } = await person.post('/groups', {
    displayName: name,
    mailEnabled: false,
    mailNickname: name,
    securityEnabled: true,
    isAssignableToRole: true,
  });
  return status;
}

/** The audit trail of one story: what happened, in order, and how it ended. */
export async function storyOf(play: Play, correlationId: string): Promise<string[]> {
  const admin = await play.as('admin');
  const filter = encodeURIComponent(`correlationId eq ${correlationId}`);
  const { body } = await admin.get(`/auditLogs/directoryAudits?$filter=${filter}&$orderby=activityDateTime&$top=200`);
  return (body['value'] as unknown as readonly Json[]).map((one) => `${one['activityDisplayName']}: ${one['result']}`);
}
