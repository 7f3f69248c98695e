import type { ActivationFact, HealthFacts } from '../facts.ts';
import { type Finding, type Found, finding } from '../model.ts';

/** What is wrong with how privileged roles, and places in groups that lead to them, are activated. */
export function findingsOfActivations(facts: HealthFacts): readonly Finding[] {
  return facts.activations.flatMap((activation) =>
    [...demands(activation, facts), ...approvers(activation, facts), ...silent(activation)].map((found) =>
      finding({
        ...found,
        subject: {
          type: activation.kind === 'role' ? 'roleDefinition' : 'group',
          id: activation.privilegeId,
          displayName: activation.displayName,
        },
        apart: [activation.kind, ...(found.apart ?? [])],
        facts: { privilegeKind: activation.kind, ...found.facts },
      }),
    ),
  );
}

type OfActivation = Omit<Found, 'subject'>;

function demands(activation: ActivationFact, facts: HealthFacts): readonly OfActivation[] {
  if (!activation.isPrivileged) return [];
  const found: OfActivation[] = [];
  if (!activation.asksMfa) found.push({ kind: 'activationWithoutMfa' });
  if (!activation.asksJustification) found.push({ kind: 'activationWithoutJustification' });
  const unasked = activation.asksApproval ? [] : eligibleUnasked(activation, facts);
  if (unasked.length > 0)
    found.push({ kind: 'activationWithoutApproval', facts: { people: unasked.slice(0, 20), count: unasked.length } });
  return found;
}

/** Who may activate a role to which no package led them: nobody ever approved. */
function eligibleUnasked({ kind, privilegeId }: ActivationFact, { ways, people }: HealthFacts) {
  if (kind !== 'role') return [];
  const ids = new Set(
    ways
      .filter(({ roleId, mode, isAskedFor }) => roleId === privilegeId && mode === 'eligible' && !isAskedFor)
      .map(({ userId }) => userId),
  );
  return [...ids].map((id) => ({ id, displayName: people.get(id)?.displayName ?? '' }));
}

function approvers(activation: ActivationFact, { people }: HealthFacts): readonly OfActivation[] {
  const { asksApproval, approverIds, hasRelatives } = activation;
  const [only] = approverIds;
  if (!asksApproval) return [];
  if (only === undefined)
    return [{ kind: hasRelatives ? 'stageWithoutFallback' : 'unreachableStage', facts: { stage: 1 } }];
  if (hasRelatives || approverIds.length > 1) return [];
  const approver = { id: only, displayName: people.get(only)?.displayName ?? '' };
  return [{ kind: 'singleApprover', facts: { stage: 1, approver }, about: [['user', only]] }];
}

function silent({ silentRules }: ActivationFact): readonly OfActivation[] {
  return silentRules.map((rule) => ({ kind: 'notificationReachesNobody', apart: [rule], facts: { rule } }));
}
