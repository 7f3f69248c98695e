import { foreseeStages } from '../../approval/index.ts';
import { approverPorts } from '../../directory/index.ts';
import type { Privilege, PrivilegeKind } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type ContextTables, loadPublished } from '../authentication-context/store.ts';
import {
  activationRequirements,
  demandedContext,
  longestActivation,
  longestEligibility,
} from '../policy/requirements.ts';
import type { Rule, Rules } from '../policy/rule.ts';
import { loadRulesOf } from '../policy/store.ts';
import { activationStage } from '../request/operations/stage.ts';

/** How a privilege is activated by the rules in force, whoever asks. */
export interface ActivationDesign {
  readonly kind: PrivilegeKind;
  readonly privilegeId: Id;
  readonly asksMfa: boolean;
  readonly asksJustification: boolean;
  readonly asksApproval: boolean;
  /** Who could approve for somebody who stands in no relation to anybody; nobody where approval is not asked for. */
  readonly approverIds: readonly Id[];
  /** Whether the manager of the requestor approves. */
  readonly hasRelatives: boolean;
  readonly longestActivation: Temporal.Duration;
  /** Null where an eligibility may be permanent. */
  readonly longestEligibility: Temporal.Duration | null;
  /** Notification rules that are switched on and have nobody to tell. */
  readonly silentRules: readonly string[];
}

/** How some privileges are activated now. Asks for no right and writes nothing. */
export async function activationDesigns(
  tx: Tx,
  privileges: readonly Pick<Privilege, 'kind' | 'id'>[],
): Promise<ActivationDesign[]> {
  const of = privileges.map(({ kind, id }) => ({ kind, privilegeId: id }));
  const rulesOf = await loadRulesOf(tx, of, tx.now);
  const published = new Set(await loadPublished(tx.db<ContextTables>()));
  const designs: ActivationDesign[] = [];
  for (const one of of) designs.push(await designOf(tx, one, rulesOf(one), published));
  return designs;
}

async function designOf(
  tx: Tx,
  { kind, privilegeId }: Pick<ActivationDesign, 'kind' | 'privilegeId'>,
  rules: Rules,
  published: ReadonlySet<string>,
): Promise<ActivationDesign> {
  const context = demandedContext(rules);
  const asks = activationRequirements(rules, context !== null && published.has(context));
  const stages = asks.approval ? [await activationStage(tx, { kind, id: privilegeId, scope: '/' }, rules)] : [];
  const stranger = newId();
  const asked = { door: 'activation', requestorId: stranger, subjectId: stranger, stages } as const;
  const foreseen = stages.length === 0 ? [] : await foreseeStages(tx, asked, approverPorts);
  return {
    kind,
    privilegeId,
    // A context is for the sign-in to satisfy, by whatever the organisation demands there.
    asksMfa: asks.mfa || asks.authenticationContext !== null,
    asksJustification: asks.justification,
    asksApproval: asks.approval,
    approverIds: foreseen[0]?.approverIds ?? [],
    hasRelatives: stages.some(({ primary }) => primary.some(({ is }) => is === 'manager')),
    longestActivation: longestActivation(rules),
    longestEligibility: longestEligibility(rules),
    silentRules: Object.values(rules)
      .filter(isSilent)
      .map(({ id }) => id),
  };
}

function isSilent(rule: Rule): boolean {
  return (
    rule['@odata.type'] === '#microsoft.graph.unifiedRoleManagementPolicyNotificationRule' &&
    rule.notificationLevel !== 'None' &&
    !rule.isDefaultRecipientsEnabled &&
    rule.notificationRecipients.length === 0
  );
}
