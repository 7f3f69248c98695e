import { em, type Pair, rows, type Scene } from './pairs.ts';

const stage = {
  durationBeforeAutomaticDenial: 'P7D',
  isApproverJustificationRequired: false,
  isEscalationEnabled: false,
  durationBeforeEscalation: 'PT0S',
  primaryApprovers: [{ '@odata.type': '#microsoft.graph.singleUser', userId: '{ciso}' }],
  fallbackPrimaryApprovers: [],
  escalationApprovers: [],
  fallbackEscalationApprovers: [],
};

/** A day that lies some days from the day on which it is asked, by the clock of the play. */
async function day({ play, ids }: Scene, name: string, days: number): Promise<void> {
  const now = Temporal.Instant.from(await play.now());
  ids.set(name, now.add({ hours: 24 * days }).toString({ smallestUnit: 'millisecond' }));
}

/** Asking for others, moving ends, and what became of it all; the package is that of `moreResources`. */
export const moreAsking: readonly Pair[] = [
  {
    page: 'entitlementmanagement-post-assignmentpolicies',
    example: 'for all members, by themselves and their managers',
    method: 'POST',
    path: `${em}/assignmentPolicies`,
    body: {
      displayName: 'Everybody',
      description: 'Everybody who works here, and their managers for them',
      allowedTargetScope: 'allMemberUsers',
      specificAllowedTargets: [],
      expiration: { endDateTime: null, duration: null, type: 'noExpiration' },
      requestorSettings: {
        enableTargetsToSelfAddAccess: true,
        enableTargetsToSelfUpdateAccess: true,
        enableTargetsToSelfRemoveAccess: true,
        allowCustomAssignmentSchedule: true,
        enableOnBehalfRequestorsToAddAccess: true,
        enableOnBehalfRequestorsToUpdateAccess: false,
        enableOnBehalfRequestorsToRemoveAccess: false,
        onBehalfRequestors: [{ '@odata.type': '#microsoft.graph.targetManager', managerLevel: 1 }],
      },
      requestApprovalSettings: { isApprovalRequiredForAdd: true, isApprovalRequiredForUpdate: true, stages: [stage] },
      questions: [
        {
          '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
          sequence: 0,
          isRequired: false,
          isAnswerEditable: true,
          text: 'What for?',
          isSingleLineQuestion: true,
        },
      ],
      'accessPackage@odata.bind': `https://graph.microsoft.com/v1.0${em}/accessPackages/{bundle}`,
    },
    status: 201,
    names: ['id', 'createdDateTime', 'questions/id'],
    has: { displayName: 'Everybody' },
    keep: { everybody: 'id', 'what-for': 'questions/id' },
  },
  {
    page: 'accesspackageassignmentpolicy-get',
    example: 'with its custom extensions, in the spelling of the page',
    path: `${em}/accessPackageAssignmentPolicies/{everybody}?$expand=customExtensionStageSettings($expand=customExtension)`,
    status: 200,
    has: { id: '{everybody}', customExtensionStageSettings: [] },
  },
  {
    page: 'accesspackageassignmentpolicy-get',
    example: 'with its package',
    path: `${em}/assignmentPolicies/{everybody}?$expand=accessPackage`,
    status: 200,
    has: { accessPackage: { id: '{bundle}' } },
  },
  {
    page: 'entitlementmanagement-list-assignmentpolicies',
    example: 'by name',
    path: `${em}/assignmentPolicies?$filter=displayName eq 'Everybody'`,
    status: 200,
    names: rows('id', 'displayName', 'description'),
  },
  {
    page: 'entitlementmanagement-list-assignmentpolicies',
    example: 'as part of their packages, in the spelling of the page',
    path: `${em}/accessPackages?$filter=id eq '{bundle}'&$expand=accessPackageAssignmentPolicies`,
    status: 200,
    has: { value: [{ id: '{bundle}', assignmentPolicies: [{ id: '{everybody}' }] }] },
  },
  {
    page: 'accesspackage-get',
    example: 'with its policies',
    path: `${em}/accessPackages/{bundle}?$expand=assignmentPolicies`,
    status: 200,
    has: { assignmentPolicies: [{ id: '{everybody}' }] },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'by a manager for a report',
    by: 'manager',
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: {
      assignment: {
        accessPackageId: '{bundle}',
        assignmentPolicyId: '{everybody}',
        schedule: { startDateTime: null, stopDateTime: null },
        target: {
          objectId: '{requestor}',
          displayName: 'Somebody',
          email: 'somebody@sallyport.example',
          subjectType: 'user',
        },
      },
      justification: 'Access for direct employee',
      requestType: 'UserAdd',
      answers: [],
    },
    status: 201,
    names: ['id', 'state', 'status', 'completedDateTime'],
    has: {
      requestType: 'userAdd',
      schedule: { startDateTime: null, recurrence: null },
      answers: [],
      customExtensionCalloutInstances: [],
    },
    keep: { 'for-report': 'id' },
  },
  {
    page: 'accesspackageassignmentrequest-get',
    example: 'with whom it is for, and who asked',
    by: 'manager',
    path: `${em}/assignmentRequests/{for-report}?$expand=accessPackage,requestor,assignment($expand=target)`,
    status: 200,
    has: {
      accessPackage: { id: '{bundle}' },
      requestor: { objectId: '{manager}' },
      assignment: { target: { objectId: '{requestor}' } },
    },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'for somebody who is no report',
    by: 'manager',
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: {
      requestType: 'userAdd',
      assignment: { accessPackageId: '{bundle}', assignmentPolicyId: '{everybody}', targetId: '{helpdesk}' },
    },
    status: 403,
    has: { error: { code: 'RequestForOthersNotAllowed' } },
  },
  {
    page: 'accesspackageassignmentrequest-filterbycurrentuser',
    example: 'what waits for an approver',
    by: 'ciso',
    path: `${em}/assignmentRequests/filterByCurrentUser(on='approver')?$expand=requestor,accessPackage`,
    status: 200,
    has: { value: [{ id: '{for-report}', state: 'pendingApproval' }] },
  },
  {
    page: 'approval-list-stages',
    example: 'of somebody who does not decide',
    by: 'helpdesk',
    path: `${em}/accessPackageAssignmentApprovals/{for-report}/stages`,
    status: 404,
  },
  {
    page: 'approvalstage-update',
    example: 'by somebody who may not',
    by: 'helpdesk',
    first: async ({ as, ids }) => {
      const at = `${em}/accessPackageAssignmentApprovals/${ids.get('for-report')}/stages`;
      const { body } = await (await as('ciso')).get(at);
      ids.set('report-stage', String(body['value']?.[0]?.['id']));
    },
    method: 'PATCH',
    path: `${em}/accessPackageAssignmentApprovals/{for-report}/stages/{report-stage}`,
    body: { reviewResult: 'Approve', justification: 'OK' },
    status: 403,
  },
  {
    page: 'approvalstage-update',
    example: 'of an approval that nobody knows',
    by: 'ciso',
    method: 'PATCH',
    path: `${em}/accessPackageAssignmentApprovals/a2000000-0000-4000-8000-000000000002/stages/{report-stage}`,
    body: { reviewResult: 'Approve', justification: 'OK' },
    status: 404,
  },
  {
    page: 'approvalstage-update',
    example: 'for a report of the one who asked',
    by: 'ciso',
    method: 'PATCH',
    path: `${em}/accessPackageAssignmentApprovals/{for-report}/stages/{report-stage}`,
    body: { reviewResult: 'Approve', justification: 'OK' },
    status: 204,
  },
  {
    page: 'accesspackageassignment-filterbycurrentuser',
    example: 'what came of asking for others',
    by: 'manager',
    path: `${em}/assignments/filterByCurrentUser(on='createdBy')?$expand=target`,
    status: 200,
    has: { value: [{ state: 'delivered', status: 'Delivered', target: { objectId: '{requestor}' } }] },
    keep: { lasting: 'value/id' },
  },
  {
    page: 'entitlementmanagement-list-assignments',
    example: 'those that are delivered, in the spelling of the page',
    path: `${em}/assignments?$filter=state eq 'Delivered' and accessPackage/id eq '{bundle}'&$expand=assignmentPolicy&$select=id,state`,
    status: 200,
    has: { value: [{ id: '{lasting}', state: 'delivered', assignmentPolicy: { id: '{everybody}' } }] },
  },
  {
    page: 'entitlementmanagement-list-assignmentrequests',
    example: 'with what they came to, in the spelling of the page',
    path: `${em}/assignmentRequests?$expand=accessPackage,accessPackageAssignment&$filter=accessPackage/id eq '{bundle}'`,
    status: 200,
    has: { value: [{ id: '{for-report}', assignment: { id: '{lasting}' } }] },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'another end, by an administrator',
    first: async (scene) => {
      await day(scene, 'yesterday', -1);
      await day(scene, 'soon', 30);
      await day(scene, 'later', 60);
    },
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: {
      '@odata.type': '#microsoft.graph.accessPackageAssignmentRequest',
      requestType: 'adminUpdate',
      schedule: {
        startDateTime: '{yesterday}',
        recurrence: null,
        expiration: { endDateTime: '{soon}', duration: null, type: 'afterDateTime' },
      },
      assignment: { id: '{lasting}' },
    },
    status: 201,
    names: ['id', 'state', 'status', 'createdDateTime', 'completedDateTime'],
    has: {
      requestType: 'adminUpdate',
      schedule: {
        recurrence: null,
        expiration: { endDateTime: '{soon}', duration: null, type: 'afterDateTime' },
      },
      answers: [],
      customExtensionCalloutInstances: [],
    },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'other answers and another end, by the one who has it',
    by: 'requestor',
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: {
      requestType: 'userUpdate',
      answers: [
        {
          '@odata.type': '#microsoft.graph.accessPackageAnswerString',
          value: 'For the fair',
          answeredQuestion: { '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', id: '{what-for}' },
        },
      ],
      schedule: {
        startDateTime: '{yesterday}',
        recurrence: null,
        expiration: { endDateTime: '{later}', duration: null, type: 'afterDateTime' },
      },
      assignment: { id: '{lasting}' },
    },
    status: 201,
    names: ['id', 'state', 'status'],
    has: { requestType: 'userUpdate' },
  },
  {
    page: 'accesspackageassignment-reprocess',
    example: 'in the spelling of the page',
    method: 'POST',
    path: `${em}/accessPackageAssignments/{lasting}/reprocess`,
    status: 202,
  },
  {
    page: 'accesspackageassignment-reprocess',
    example: 'one that nobody knows',
    method: 'POST',
    path: `${em}/assignments/a2000000-0000-4000-8000-000000000003/reprocess`,
    status: 404,
  },
  {
    page: 'accesspackageassignment-reprocess',
    example: 'what is no id',
    method: 'POST',
    path: `${em}/assignments/nothing/reprocess`,
    status: 400,
  },
];
