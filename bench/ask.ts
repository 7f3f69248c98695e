import type { BenchStage } from './stage.ts';

const base = '/v1.0/identityGovernance/entitlementManagement';

interface Found {
  readonly id: string;
  readonly assignmentPolicies: readonly {
    readonly id: string;
    readonly questions: readonly { readonly id: string }[];
  }[];
}

/** One assignment that an administrator gave, and one request that waits for approval: all others are copies of them. */
export async function askOnce(stage: BenchStage): Promise<void> {
  const [one] = (await stage.call('admin', `${base}/accessPackages?$expand=assignmentPolicies`))['value'] as Found[];
  const [policy] = one?.assignmentPolicies ?? [];
  const requestor = "/v1.0/users?$filter=startswith(userPrincipalName,'requestor@')";
  const [target] = (await stage.call('admin', requestor))['value'] as { readonly id: string }[];
  await stage.call('admin', `${base}/assignmentRequests`, {
    requestType: 'adminAdd',
    assignment: { targetId: target?.id, assignmentPolicyId: policy?.id, accessPackageId: one?.id },
  });
  const answeredQuestion = {
    '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
    id: policy?.questions[0]?.id,
  };
  await stage.call('colleague', `${base}/assignmentRequests`, {
    requestType: 'userAdd',
    assignment: { accessPackageId: one?.id },
    justification: 'Tenant migration tonight',
    answers: [{ '@odata.type': '#microsoft.graph.accessPackageAnswerString', value: 'CHG0042', answeredQuestion }],
  });
}
