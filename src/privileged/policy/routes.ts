import type { Call, Operation } from '../../graph/declaration.ts';
import { done, keyIn } from '../../graph/perform.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { policyEvent } from '../activities.ts';
import { parsePolicyId } from '../ids.ts';
import { type PolicyChange, policyBody, type RuleChange, ruleBody } from './contract.ts';
import { changeRules } from './operations.ts';

type Changes = Parameters<typeof changeRules>[2];

/** Changes of role management policies and of their rules. */
export function policyRoutes(runtime: Runtime, tenantId: Id): Operation[] {
  function change(call: Call<unknown>, policyId: string, changes: Changes) {
    const parsed = parsePolicyId(policyId);
    // A policy of another tenant is none of ours, whatever the last part of its id.
    const publicId = parsed?.of === 'role' && parsed.within !== tenantId ? '' : (parsed?.publicId ?? '');
    const attempts = policyEvent(parsed?.of === 'group' ? 'group-member' : 'role');
    return done(runtime, call, attempts, policyId, (tx) => changeRules(tx, publicId, changes));
  }

  const updateRule: Operation<RuleChange> = {
    method: 'PATCH',
    path: '/policies/roleManagementPolicies/{policy-id}/rules/{rule-id}',
    body: ruleBody,
    run: (call) => change(call, keyIn(call, 'policy-id'), [{ ruleId: keyIn(call, 'rule-id'), change: call.body }]),
  };

  const updatePolicy: Operation<PolicyChange> = {
    method: 'PATCH',
    path: '/policies/roleManagementPolicies/{policy-id}',
    body: policyBody,
    run: (call) =>
      change(
        call,
        keyIn(call, 'policy-id'),
        call.body.rules.map((rule) => ({ ruleId: rule.id ?? '', change: rule })),
      ),
  };

  return [updateRule, updatePolicy];
}
