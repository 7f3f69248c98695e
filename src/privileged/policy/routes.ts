import type { Call, Operation } from '../../graph/declaration.ts';
import { done, idIn, keyIn, look } from '../../graph/perform.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { policyEvent } from '../activities.ts';
import { parsePolicyId } from '../ids.ts';
import { managementAnswer, type PolicyChange, policyBody, type RuleChange, ruleBody } from './contract.ts';
import { changeRules, enablePim, readManagement } from './operations.ts';

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

/** What Graph has no word for: whether PIM manages a group, and that it is to. Paths are below `/sallyport`. */
export function managementRoutes(runtime: Runtime): Operation[] {
  const attempts = 'group.onboarded';
  const read: Operation = {
    method: 'GET',
    path: '/groups/{id}/pim',
    says: 'Whether PIM manages a group, and since when.',
    answers: managementAnswer,
    run: async (call) => ({
      status: 200,
      body: await look(runtime, call, attempts, idIn(call, 'id'), (tx) => readManagement(tx, idIn(call, 'id'))),
      context: 'sallyport.groupManagement',
    }),
  };
  const enable: Operation = {
    method: 'POST',
    path: '/groups/{id}/pim/enable',
    says: 'Brings a group under PIM, for ever.',
    run: (call) => done(runtime, call, attempts, idIn(call, 'id'), enablePim),
  };
  return [read, enable];
}
