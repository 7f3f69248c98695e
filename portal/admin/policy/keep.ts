import type { PolicyBody } from '../../../src/entitlements/policy/contract.ts';
import { call } from '../../api/client.ts';
import { entitlements } from '../wire.ts';
import type { PolicyDraft } from './draft.ts';
import { bodyOf } from './wire.ts';

interface Keeping {
  readonly draft: PolicyDraft;
  readonly packageId: string;
  /** Null for a policy that is yet to be made. */
  readonly policyId: string | null;
  /** Told the id as soon as there is one, also when what follows is refused. */
  made?(policyId: string): void;
}

/**
 * Keeps a policy: Graph's part and what Graph has no word for, in the order in which each is let through. Stages that
 * one person may decide several of are refused until that is said; so a new policy is made for nobody first.
 */
export async function keepPolicy({ draft, packageId, policyId, made }: Keeping): Promise<void> {
  const body = bodyOf(draft, packageId);
  const { allowsSameApproverInSeveralStages: allows } = draft;
  const put = (id: string) => call(`${entitlements}/assignmentPolicies/${id}`, { method: 'PUT', body });
  const post = async (first: PolicyBody) => {
    const { id } = await call<{ id: string }>(`${entitlements}/assignmentPolicies`, { method: 'POST', body: first });
    made?.(id);
    return id;
  };
  const say = (id: string) =>
    call(`/sallyport/assignmentPolicies/${id}`, {
      method: 'PATCH',
      body: { allowsSameApproverInSeveralStages: allows },
    });
  if (allows) {
    const id = policyId ?? (await post(forNobody(body)));
    await say(id);
    await put(id);
  } else if (policyId === null) {
    await post(body);
  } else {
    await put(policyId);
    await say(policyId);
  }
}

/** The policy by its name alone: nobody can ask by it, and so nobody has to decide. */
function forNobody({ displayName = '', description, accessPackage }: PolicyBody): PolicyBody {
  return {
    displayName,
    description: description ?? null,
    allowedTargetScope: 'notSpecified',
    ...(accessPackage === undefined ? {} : { accessPackage }),
  };
}
