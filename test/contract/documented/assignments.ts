import { em, type Pair, rows } from './pairs.ts';

/** What becomes of assignments and requests. */
export const afterwards: readonly Pair[] = [
  {
    page: 'accesspackageassignment-additionalaccess',
    example: 'who has two that exclude each other',
    path: `${em}/assignments/additionalAccess(accessPackageId='{package}',incompatibleAccessPackageId='{other}')?$expand=target`,
    status: 200,
    has: { value: [] },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'other answers, by an administrator',
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: {
      '@odata.type': '#microsoft.graph.accessPackageAssignmentRequest',
      id: '{request}',
      requestType: 'adminUpdate',
      answers: [
        {
          '@odata.type': '#microsoft.graph.accessPackageAnswerString',
          value: 'US',
          answeredQuestion: { '@odata.type': '#microsoft.graph.accessPackageMultipleChoiceQuestion', id: '{choice}' },
        },
        {
          '@odata.type': '#microsoft.graph.accessPackageAnswerString',
          value: 'I buy things',
          displayValue: 'This is my updated answer to the question.',
          answeredQuestion: { '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', id: '{text}' },
        },
      ],
      assignment: { id: '{assignment}' },
    },
    status: 201,
    names: ['id', 'state', 'status', 'schedule', 'answers/value', 'answers/answeredQuestion/id'],
    has: { requestType: 'adminUpdate' },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'the end of an assignment',
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: { requestType: 'adminRemove', assignment: { id: '{assignment}' } },
    status: 201,
    names: ['id', 'state', 'status'],
    has: { requestType: 'adminRemove' },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'a direct assignment',
    method: 'POST',
    path: `${em}/assignmentRequests`,
    body: {
      requestType: 'adminAdd',
      assignment: { targetId: '{colleague}', assignmentPolicyId: '{direct}', accessPackageId: '{package}' },
    },
    status: 201,
    names: ['id', 'state', 'status'],
    has: { requestType: 'adminAdd' },
    keep: { added: 'id' },
  },
  {
    page: 'entitlementmanagement-post-assignmentrequests',
    example: 'with a justification, in the spelling of the page',
    by: 'helpdesk',
    method: 'POST',
    first: async ({ as, ids }) => {
      const admin = await as('admin');
      const { body } = await admin.get(`${em}/assignmentPolicies/${ids.get('asking')}`);
      await admin.put(`${em}/assignmentPolicies/${ids.get('asking')}`, {
        ...body,
        questions: [],
        accessPackage: { id: ids.get('package') },
      });
    },
    path: `${em}/assignmentRequests`,
    body: {
      requestType: 'UserAdd',
      accessPackageAssignment: { accessPackageId: '{package}' },
      justification: 'Need access to New Hire access package',
    },
    status: 201,
    names: ['id', 'createdDateTime'],
    has: {
      requestType: 'userAdd',
      justification: 'Need access to New Hire access package',
      schedule: { startDateTime: null, recurrence: null },
      answers: [],
    },
    keep: { waiting: 'id' },
  },
  {
    page: 'accesspackageassignmentrequest-cancel',
    example: 'a request that still waits',
    by: 'helpdesk',
    method: 'POST',
    path: `${em}/assignmentRequests/{waiting}/cancel`,
    status: 204,
  },
  {
    page: 'accesspackageassignmentrequest-delete',
    example: 'a request that has ended',
    method: 'DELETE',
    path: `${em}/assignmentRequests/{waiting}`,
    status: 204,
  },
  {
    page: 'entitlementmanagement-list-assignmentrequests',
    example: 'those that were delivered',
    path: `${em}/assignmentRequests?$filter=state eq 'delivered'&$expand=requestor,accessPackage`,
    status: 200,
    names: rows(
      'id',
      'requestType',
      'state',
      'status',
      'createdDateTime',
      'completedDateTime',
      'schedule',
      'requestor/objectId',
      'accessPackage/id',
    ),
  },
  {
    page: 'accesspackageassignment-reprocess',
    example: 'an assignment once more',
    method: 'POST',
    first: async ({ as, ids }) => {
      const { body } = await (await as('admin')).get(
        `${em}/assignments?$filter=target/objectId eq '${ids.get('colleague')}' and state eq 'delivered'`,
      );
      ids.set('live', String(body['value']?.[0]?.['id']));
    },
    path: `${em}/assignments/{live}/reprocess`,
    status: 202,
  },
  {
    page: 'accesspackageassignmentpolicy-delete',
    example: 'a policy that nobody lives by',
    method: 'DELETE',
    path: `${em}/assignmentPolicies/{asking}`,
    status: 204,
  },
  {
    page: 'accesspackage-delete-resourcerolescopes',
    example: 'a role of the package',
    method: 'DELETE',
    path: `${em}/accessPackages/{package}/resourceRoleScopes/{gives}`,
    status: 204,
  },
  {
    page: 'accesspackage-delete',
    example: 'a package that nobody has',
    method: 'DELETE',
    path: `${em}/accessPackages/{other}`,
    status: 204,
  },
  {
    page: 'entitlementmanagementsettings-update',
    example: 'nothing becomes of guests, in the spelling of the page',
    method: 'PATCH',
    path: `${em}/settings`,
    body: { externalUserLifecycleAction: 'None' },
    status: 204,
  },
  {
    page: 'entitlementmanagementsettings-get',
    example: 'the settings',
    path: `${em}/settings`,
    status: 200,
    names: ['durationUntilExternalUserDeletedAfterBlocked'],
    has: { id: 'singleton', externalUserLifecycleAction: 'none' },
  },
];
