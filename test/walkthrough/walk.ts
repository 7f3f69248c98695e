import {
  assignRole,
  createPackage,
  createRequestorGroup,
  createRoleAssignableGroup,
  type Design,
  enablePim,
  type Shape,
} from './design.ts';
import { type Person, type Rehearsal, statusOf } from './people.ts';
import { chapter, closing, expect, opening, tell } from './story.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';

/** The three shapes in which a package leads to a role; the first is the seed's own. */
const shapes: readonly Shape[] = [
  { name: 'Member of a group that is eligible for the role', groupRole: 'Member', roleHeld: 'eligible' },
  { name: 'Eligible Member of a group that holds the role', groupRole: 'EligibleMember', roleHeld: 'active' },
  { name: 'Member of a group that holds the role, no second door', groupRole: 'Member', roleHeld: 'active' },
];

/** The people of the story, each with a token that has MFA, but for the requestor without. */
interface Company {
  readonly rehearsal: Rehearsal;
  readonly admin: Person;
  readonly requestor: Person;
  readonly requestorWithoutMfa: Person;
  readonly manager: Person;
  readonly ciso: Person;
  readonly itManager: Person;
  readonly identityLead: Person;
}

/** The whole seed, from nothing to the privilege gone again, in all three shapes. Throws at the first surprise. */
export async function walk(rehearsal: Rehearsal): Promise<void> {
  const mfa = { mfa: true };
  const company: Company = {
    rehearsal,
    admin: await rehearsal.signIn('admin', mfa),
    requestor: await rehearsal.signIn('requestor', mfa),
    requestorWithoutMfa: await rehearsal.signIn('requestor', { mfa: false }),
    manager: await rehearsal.signIn('manager', mfa),
    ciso: await rehearsal.signIn('ciso', mfa),
    itManager: await rehearsal.signIn('it-manager', mfa),
    identityLead: await rehearsal.signIn('identity-lead', mfa),
  };
  opening(
    'The whole story, by Microsoft’s Graph client over HTTPS. Proof of the role: creating a role-assignable group.',
  );
  for (const [index, shape] of shapes.entries()) await walkShape(company, shape, index + 1);
  closing('Everything was as expected, in all three shapes.');
}

async function walkShape(company: Company, shape: Shape, number: number): Promise<void> {
  chapter(`${number}. ${shape.name}`);
  const design = await build(company, shape, number);
  const requestId = await ask(company, design);
  await decide(company, requestId, company.manager, 1);
  await expectNothingYet(company, design);
  await decide(company, requestId, company.ciso, 2);
  await expectNothingYet(company, design);
  await decide(company, requestId, company.identityLead, 3);
  const assignment = await expectDelivered(company, design, requestId);
  await showThatTheGroupHoldsTheRole(company, shape, design);
  const secondDoor = secondDoorOf(shape, design, company.requestor);
  if (secondDoor !== null) await activateAndLetItEnd(company, secondDoor);
  else expect('standing use of the role', await proof(company), 'may');
  await letThePackageExpire(company, shape, design, assignment);
}

/** The proof: creating a role-assignable group needs the role, active. */
async function proof({ requestor }: Company): Promise<'may' | 'may not'> {
  const name = `GRP-PROOF-${crypto.randomUUID().slice(0, 8)}`;
  const status = await statusOf(() => createRoleAssignableGroup(requestor.graph, name));
  if (status !== 200) expect('status of creating a role-assignable group without the role', status, 403);
  return status === 200 ? 'may' : 'may not';
}

async function can(company: Company): Promise<string> {
  return `requestor ${await proof(company)} create role-assignable groups`;
}

async function build(company: Company, shape: Shape, number: number): Promise<Design> {
  const { graph } = company.admin;
  const groupId = await createRoleAssignableGroup(graph, `GRP-ELIG-PrivRoleAdmin-${number}`);
  tell('admin', 'created a role-assignable group', await can(company));
  await enablePim(graph, groupId);
  tell('admin', 'brought the group under PIM');
  await assignRole(graph, groupId, privilegedRoleAdministrator, shape.roleHeld);
  tell('admin', `assigned Privileged Role Administrator to the group as ${shape.roleHeld}`);
  const requestors = await createRequestorGroup(graph, `GRP-DYN-IT-Admins-${number}`);
  const { value: members } = await graph.api(`/groups/${requestors}/members`).select('id').get();
  expect(
    'requestor is in the dynamic group',
    members.some((one: { id: string }) => one.id === company.requestor.id),
    true,
  );
  tell('admin', 'created a dynamic group of IT administrators', `${members.length} members by rule`);
  const design = await createPackage(graph, shape, groupId, requestors, {
    fallback: company.itManager.id,
    security: [company.ciso.id, company.itManager.id],
    identity: company.identityLead.id,
  });
  tell('admin', 'created the access package with three stages', await can(company));
  return design;
}

async function ask(company: Company, design: Design): Promise<string> {
  const { graph } = company.requestor;
  const { value: packages } = await graph
    .api(`${entitlements}/accessPackages/filterByCurrentUser(on='allowedRequestor')`)
    .get();
  const seen = packages.some((one: { id: string }) => one.id === design.accessPackageId);
  expect('requestor sees the package', seen, true);
  const { questions } = await company.admin.graph.api(`${entitlements}/assignmentPolicies/${design.policyId}`).get();
  const request = await graph.api(`${entitlements}/assignmentRequests`).post({
    requestType: 'userAdd',
    assignment: { accessPackageId: design.accessPackageId },
    justification: 'Tenant migration tonight',
    answers: [
      {
        '@odata.type': '#microsoft.graph.accessPackageAnswerString',
        value: 'CHG0042',
        answeredQuestion: { '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', id: questions[0].id },
      },
    ],
  });
  await expectNothingYet(company, design);
  tell('requestor', 'asked for the package, with ticket and justification', await can(company));
  return request.id;
}

async function expectNothingYet(company: Company, design: Design): Promise<void> {
  expect('members before the last approval', await members(company, design), []);
  expect('eligible members before the last approval', await eligibleMembers(company, design), []);
  expect('use of the role before the last approval', await proof(company), 'may not');
}

async function members({ admin }: Company, design: Design): Promise<string[]> {
  const { value } = await admin.graph.api(`/groups/${design.groupId}/members`).select('id').get();
  return value.map((one: { id: string }) => one.id);
}

async function eligibleMembers({ admin }: Company, design: Design): Promise<string[]> {
  const { value } = await admin.graph
    .api('/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances')
    .filter(`groupId eq '${design.groupId}'`)
    .get();
  return value.map((one: { principalId: string }) => one.principalId);
}

async function decide(company: Company, requestId: string, approver: Person, stage: number): Promise<void> {
  const approvals = `${entitlements}/accessPackageAssignmentApprovals`;
  const { value } = await approver.graph.api(`${approvals}/filterByCurrentUser(on='approver')`).get();
  expect(
    `${approver.name} finds the request`,
    value.some((one: { id: string }) => one.id === requestId),
    true,
  );
  const approval = await approver.graph.api(`${approvals}/${requestId}`).expand('stages').get();
  const open = approval.stages.find((one: { status: string }) => one.status === 'InProgress');
  expect(`stage ${stage} waits for ${approver.name}`, open?.assignedToMe, true);
  await approver.graph
    .api(`${approvals}/${requestId}/stages/${open.id}`)
    .patch({ reviewResult: 'Approve', justification: `Stage ${stage}: agreed` });
  tell(approver.name, `approved stage ${stage} with a reason`, stage < 3 ? await can(company) : '');
}

async function expectDelivered(company: Company, design: Design, requestId: string): Promise<string> {
  const { graph, id } = company.requestor;
  const request = await graph.api(`${entitlements}/assignmentRequests/${requestId}`).get();
  expect('state of the request', request.state, 'delivered');
  const { value } = await graph
    .api(`${entitlements}/assignments/filterByCurrentUser(on='target')`)
    .filter(`state eq 'delivered' and accessPackage/id eq '${design.accessPackageId}'`)
    .get();
  expect('number of delivered assignments', value.length, 1);
  const holders = [...(await members(company, design)), ...(await eligibleMembers(company, design))];
  expect('who the package made a member or eligible', holders, [id]);
  const end = value[0].schedule.expiration.endDateTime;
  const mails = await company.rehearsal.mailTo('requestor');
  expect(
    'mail about the delivery',
    mails.some((mail) => /access/i.test(mail.subject)),
    true,
  );
  tell(
    'Sallyport',
    'delivered the package in the same transaction as the last approval',
    `ends ${end}; ${await can(company)}`,
  );
  return end;
}

async function showThatTheGroupHoldsTheRole(company: Company, shape: Shape, design: Design): Promise<void> {
  const kind = shape.roleHeld === 'eligible' ? 'roleEligibilityScheduleInstances' : 'roleAssignmentScheduleInstances';
  const { value } = await company.admin.graph
    .api(`/roleManagement/directory/${kind}`)
    .filter(`principalId eq '${design.groupId}'`)
    .expand('roleDefinition')
    .get();
  expect(
    'roles of the group',
    value.map((one: { roleDefinitionId: string }) => one.roleDefinitionId),
    [privilegedRoleAdministrator],
  );
  tell('admin', `looked at the group: it holds ${value[0].roleDefinition.displayName} as ${shape.roleHeld}`);
}

/** The request that opens the second door, for a duration. */
interface SecondDoor {
  readonly path: string;
  readonly instances: string;
  readonly body: (duration: string) => object;
}

function secondDoorOf(shape: Shape, design: Design, person: Person): SecondDoor | null {
  const common = (duration: string) => ({
    action: 'selfActivate',
    principalId: person.id,
    justification: 'CHG0042, as approved',
    scheduleInfo: { expiration: { type: 'afterDuration', duration } },
  });
  if (shape.groupRole === 'EligibleMember') {
    return {
      path: '/identityGovernance/privilegedAccess/group/assignmentScheduleRequests',
      instances: `/identityGovernance/privilegedAccess/group/assignmentScheduleInstances/filterByCurrentUser(on='principal')`,
      body: (duration) => ({ ...common(duration), groupId: design.groupId, accessId: 'member' }),
    };
  }
  if (shape.roleHeld === 'active') return null;
  return {
    path: '/roleManagement/directory/roleAssignmentScheduleRequests',
    instances: `/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')`,
    body: (duration) => ({
      ...common(duration),
      roleDefinitionId: privilegedRoleAdministrator,
      directoryScopeId: '/',
    }),
  };
}

async function activateAndLetItEnd(company: Company, door: SecondDoor): Promise<void> {
  const { requestor, requestorWithoutMfa, rehearsal } = company;
  expect('use of the role before activation', await proof(company), 'may not');
  const withoutMfa = await statusOf(() => requestorWithoutMfa.graph.api(door.path).post(door.body('PT4H')));
  expect('status of activating without MFA', withoutMfa, 400);
  tell('requestor', 'tried to activate without MFA', `refused; ${await can(company)}`);
  const tooLong = await statusOf(() => requestor.graph.api(door.path).post(door.body('PT5H')));
  expect('status of activating for five hours', tooLong, 400);
  tell('requestor', 'tried to activate for five hours', `refused, four is the maximum; ${await can(company)}`);
  await requestor.graph.api(door.path).post(door.body('PT4H'));
  expect('use of the role while active', await proof(company), 'may');
  tell('requestor', 'activated with MFA and justification for four hours', await can(company));
  const { value } = await requestor.graph.api(door.instances).get();
  const activated = value.filter((one: { assignmentType: string }) => /^activated$/i.test(one.assignmentType));
  expect('number of activated assignments', activated.length, 1);
  const end: string = activated[0].endDateTime;
  await rehearsal.setClock(justBefore(end));
  expect('use of the role a microsecond before the end', await proof(company), 'may');
  tell('time', `moved to a microsecond before ${end}`, await can(company));
  await rehearsal.setClock(end);
  expect('use of the role at the end', await proof(company), 'may not');
  tell('time', 'moved to the end of the activation', await can(company));
}

async function letThePackageExpire(company: Company, shape: Shape, design: Design, end: string): Promise<void> {
  const held = shape.groupRole === 'Member' ? members : eligibleMembers;
  await company.rehearsal.setClock(justBefore(end));
  expect('who holds the package a microsecond before its end', await held(company, design), [company.requestor.id]);
  tell('time', `moved to a microsecond before ${end}, the end of the package`, await can(company));
  await company.rehearsal.setClock(end);
  expect('members after the end', await members(company, design), []);
  expect('eligible members after the end', await eligibleMembers(company, design), []);
  expect('use of the role after the end', await proof(company), 'may not');
  const { value } = await company.requestor.graph
    .api(`${entitlements}/assignments/filterByCurrentUser(on='target')`)
    .filter(`accessPackage/id eq '${design.accessPackageId}'`)
    .get();
  expect(
    'state of the assignment',
    value.map((one: { state: string }) => one.state),
    ['expired'],
  );
  tell('time', 'moved to the end of the package', `everything it gave is gone; ${await can(company)}`);
}

function justBefore(instant: string): string {
  return Temporal.Instant.from(instant).subtract({ microseconds: 1 }).toString();
}
