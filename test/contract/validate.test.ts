import { describe, expect, test } from 'vitest';
import { expectContract } from './expect.ts';
import { validateBody } from './validate.ts';

const id = '3c1f7a0e-4b1c-4a53-9a39-6f1a2f5f4c11';

const policy = {
  '@odata.context': 'https://sallyport.example/v1.0/$metadata#policies/$entity',
  id,
  displayName: 'Two stages',
  allowedTargetScope: 'specificDirectoryUsers',
  createdDateTime: '2026-01-02T03:04:05.678901Z',
  specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: id, description: null }],
  expiration: { type: 'afterDuration', duration: 'PT8H', endDateTime: null },
  requestApprovalSettings: {
    isApprovalRequiredForAdd: true,
    stages: [
      {
        durationBeforeAutomaticDenial: 'P1D',
        isApproverJustificationRequired: true,
        primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }],
      },
    ],
  },
  questions: [{ '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', isSingleLineQuestion: true }],
  'questions@odata.context': 'https://sallyport.example/v1.0/$metadata#questions',
  accessPackage: { id },
};

/** The policy with one thing changed, at a path such as `expiration/duration`. */
function planted(path: string, value: unknown): unknown {
  const copy = structuredClone(policy);
  const names = path.split('/');
  const last = names.pop() ?? '';
  let at: Record<string, unknown> = copy;
  for (const name of names) at = at[name] as Record<string, unknown>;
  at[last] = value;
  return copy;
}

describe("Microsoft's contract, read from its SDK", () => {
  test('takes a nested body with derived types and annotations', () => {
    expect(validateBody('accessPackageAssignmentPolicy', policy)).toEqual([]);
  });

  test('takes a collection with its envelope', () => {
    const nextLink = 'https://sallyport.example/v1.0/next';
    const body = { '@odata.context': 'x', '@odata.count': 1, '@odata.nextLink': nextLink, value: [policy] };
    expectContract('accessPackageAssignmentPolicy', body);
  });

  test('takes an error body', () => {
    const innerError = { date: '2026-01-02T03:04:05Z', 'request-id': id, 'client-request-id': id };
    const error = { code: 'Request_BadRequest', message: 'no', innerError };
    expectContract('oDataError', { error });
    expect(validateBody('oDataError', { error: { ...error, hint: 'x' } })).toHaveLength(1);
  });

  test.each<[what: string, path: string, value: unknown]>([
    ['a property that does not exist', 'expires', true],
    ['a nested property that does not exist', 'expiration/length', 'PT8H'],
    ['an annotation that is none of OData', '@sallyport.note', 'x'],
    ['an annotation of a property that does not exist', 'answers@odata.count', 1],
    ['a number for a string', 'displayName', 7],
    ['a string for a boolean', 'requestApprovalSettings/isApprovalRequiredForAdd', 'true'],
    ['a string for a number', 'requestApprovalSettings/stages/0/primaryApprovers/0/managerLevel', '1'],
    ['a day for an instant', 'createdDateTime', '2026-01-02'],
    ['an instant without its offset', 'createdDateTime', '2026-01-02T03:04:05'],
    ['an instant that no calendar has', 'createdDateTime', '2026-13-02T03:04:05Z'],
    ['words for a duration', 'expiration/duration', '8 hours'],
    ['a duration of nothing', 'expiration/duration', 'PT'],
    ['an enum member that does not exist', 'allowedTargetScope', 'everybody'],
    ['an enum member in another spelling', 'allowedTargetScope', 'SpecificDirectoryUsers'],
    ['a number for an enum member', 'allowedTargetScope', 1],
    ['an object for a collection', 'specificAllowedTargets', {}],
    ['nothing for a collection', 'questions', null],
    ['a string for an object', 'expiration', 'PT8H'],
    ['a collection for an object', 'accessPackage', [{ id }]],
    ['no discriminator where the type is abstract', 'specificAllowedTargets/0', { groupId: id }],
    ['a discriminator nobody knows', 'specificAllowedTargets/0/@odata.type', '#microsoft.graph.everybody'],
    ['a discriminator of another family', 'specificAllowedTargets/0/@odata.type', '#microsoft.graph.user'],
    ['a discriminator without its namespace', 'specificAllowedTargets/0/@odata.type', 'groupMembers'],
    ['a property of a sibling type', 'specificAllowedTargets/0/userId', id],
    ['a property of a derived type on its base', 'accessPackage/@odata.type', '#microsoft.graph.subjectSet'],
  ])('finds %s', (_what, path, value) => {
    const problems = validateBody('accessPackageAssignmentPolicy', planted(path, value));
    expect(problems).toHaveLength(1);
  });

  test('says where the problem lies', () => {
    const [problem] = validateBody('accessPackageAssignmentPolicy', { value: [planted('expiration/type', 'soon')] });
    expect(problem).toMatch(/^value\[0\]\.expiration\.type: "soon"/);
  });

  test('finds what does not belong to a collection', () => {
    expect(validateBody('accessPackage', { value: [], total: 0 })).toHaveLength(1);
    expect(validateBody('accessPackage', { value: [], '@odata.count': '0' })).toHaveLength(1);
    expect(validateBody('accessPackage', { value: ['x'] })).toHaveLength(1);
  });

  test('takes what only beta declares in beta alone', () => {
    const approval = { id, steps: [{ id, status: 'InProgress', assignedToMe: true }] };
    expectContract('approval', approval, 'beta');
    expect(validateBody('approval', approval)).toHaveLength(1);
  });

  test('knows the types of every face of the product', () => {
    for (const type of [
      'user',
      'group',
      'unifiedRoleDefinition',
      'unifiedRoleAssignmentScheduleRequest',
      'directoryAudit',
    ]) {
      expect(validateBody(type, {})).toEqual([]);
    }
    expect(() => validateBody('accessParcel', {})).toThrow();
  });
});
