import type { ApproverPorts } from '../../approval/index.ts';
import { leadsToPrivilege } from '../../directory/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { parseDuration } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { ResourceRoleKind } from '../catalog/model.ts';
import type { AssignmentPolicy } from '../policy/model.ts';
import { loadAllPolicies } from '../policy/store.ts';
import { stageReach } from '../reachability/operations.ts';
import { packageApproverPorts } from '../request/operations/approvers.ts';
import { loadOffers, type Offer } from './store.ts';

/** A stage of a policy, for somebody who stands in no relation to anybody. */
export interface StageDesign {
  readonly stage: number;
  readonly approverIds: readonly Id[];
  readonly isReachable: boolean;
  /** Whether managers or sponsors decide it. */
  readonly hasRelatives: boolean;
}

/** A policy, as it works. */
export interface PolicyDesign {
  readonly id: Id;
  readonly displayName: string;
  /** Whether somebody can ask by it, or gets the package by rule. */
  readonly isOpen: boolean;
  readonly asksApproval: boolean;
  /** How long an assignment lasts; null where it has no end, or one on a day that is settled. */
  readonly lasts: Temporal.Duration | null;
  readonly isForEver: boolean;
  readonly stages: readonly StageDesign[];
}

/** A package with all that it gives and its policies. */
export interface PackageDesign {
  readonly id: Id;
  readonly displayName: string;
  readonly catalogId: Id;
  readonly isPublished: boolean;
  /** Whether it leads to a privileged role. */
  readonly isPrivileged: boolean;
  readonly gifts: readonly { readonly kind: ResourceRoleKind; readonly originId: Id; readonly displayName: string }[];
  readonly policies: readonly PolicyDesign[];
}

/** Every package as it works now. Asks for no right. */
export async function packageDesigns(tx: Tx): Promise<PackageDesign[]> {
  const policies = Map.groupBy(await loadAllPolicies(tx.db()), ({ packageId }) => packageId);
  const ports = remembering(packageApproverPorts);
  const isPrivileged = remembered((originId: Id) => leadsToPrivilege(tx, originId));
  const designs: PackageDesign[] = [];
  for (const offer of await loadOffers(tx.db())) {
    const designed: PolicyDesign[] = [];
    for (const policy of policies.get(offer.id) ?? []) designed.push(await designOf(tx, policy, ports));
    designs.push({ ...offer, isPrivileged: await leadsUp(offer, isPrivileged), policies: designed });
  }
  return designs;
}

async function leadsUp({ gifts }: Offer, isPrivileged: (originId: Id) => Promise<boolean>): Promise<boolean> {
  for (const { kind, originId } of gifts) {
    if (kind === 'eligible' || kind === 'active' || (await isPrivileged(originId))) return true;
  }
  return false;
}

async function designOf(tx: Tx, policy: AssignmentPolicy, ports: ApproverPorts): Promise<PolicyDesign> {
  const { id, document } = policy;
  const { expiration, requestApprovalSettings } = document;
  const { stages, reach } = await stageReach(tx, policy, ports);
  const relatives = stages.map(({ primary }) => primary.some(({ is }) => is !== 'user' && is !== 'group'));
  return {
    id,
    displayName: document.displayName,
    isOpen: isOpen(policy),
    asksApproval: requestApprovalSettings.isApprovalRequiredForAdd,
    lasts: expiration.type === 'afterDuration' ? parseDuration(expiration.duration ?? '') : null,
    isForEver: expiration.type === 'noExpiration' || expiration.type === 'notSpecified',
    stages: reach.map(({ stage, userIds, isReachable }) => ({
      stage,
      approverIds: userIds,
      isReachable,
      hasRelatives: relatives[stage - 1] ?? false,
    })),
  };
}

function isOpen({ document }: AssignmentPolicy): boolean {
  const { allowedTargetScope, specificAllowedTargets, requestorSettings, automaticRequestSettings } = document;
  const isForSomebody =
    allowedTargetScope !== 'notSpecified' &&
    (!allowedTargetScope.startsWith('specific') || specificAllowedTargets.length > 0);
  const { enableTargetsToSelfAddAccess, enableOnBehalfRequestorsToAddAccess } = requestorSettings;
  const isAutomatic = automaticRequestSettings?.requestAccessForAllowedTargets === true;
  return isForSomebody && (enableTargetsToSelfAddAccess || enableOnBehalfRequestorsToAddAccess || isAutomatic);
}

/** Looks people up once, however many stages name them: nothing changes in one transaction that only reads. */
function remembering(ports: ApproverPorts): ApproverPorts {
  const usersIn = new Map<Id, Promise<Id[]>>();
  const usable = new Map<Id, Promise<boolean>>();
  return {
    ...ports,
    usersIn: (tx, id) => once(usersIn, id, () => ports.usersIn(tx, id)),
    isUsable: (tx, id) => once(usable, id, () => ports.isUsable(tx, id)),
  };
}

function remembered<T>(find: (id: Id) => Promise<T>): (id: Id) => Promise<T> {
  const known = new Map<Id, Promise<T>>();
  return (id) => once(known, id, () => find(id));
}

function once<T>(known: Map<Id, Promise<T>>, id: Id, find: () => Promise<T>): Promise<T> {
  const found = known.get(id) ?? find();
  known.set(id, found);
  return found;
}
