import { nameTargets, privilegedAmong } from '../../directory/index.ts';
import { loadPowers, type Privilege, reachOf, type Way, waysOf } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type ActivationTerms, activationTerms } from '../../privileged/index.ts';
import type { AccessPackage, PackageContent } from '../package/model.ts';
import { loadContents, loadPackage } from '../package/store.ts';
import { type AssignmentPolicy, applicable } from '../policy/model.ts';
import { stagesOf } from '../policy/stages.ts';
import { loadPolicies } from '../policy/store.ts';
import { found } from '../refusals.ts';
import { loadStanding } from '../request/operations/asking.ts';
import type { PackageContents } from './contract.ts';
import { loadView } from './store.ts';

/** What of the ledger and the directory a picture is made from. */
interface Known {
  readonly nameOf: (id: Id) => string;
  readonly privileged: ReadonlySet<Id>;
  readonly termsOf: (privilege: Privilege) => ActivationTerms;
  /** The roles that each group holds, by whichever way. */
  readonly held: ReadonlyMap<Id, readonly Way[]>;
}

/**
 * What a package really opens: its groups, how they hold roles, and what activating takes. For whoever may know of the
 * package; absent and none of one's business look alike: `ResourceNotFound` (404).
 */
export async function readContents(tx: Tx, packageId: Id): Promise<PackageContents> {
  const known = await loadPackage(tx.db(), packageId);
  const reader = { caller: tx.caller, ...(await loadPowers(tx.db(), tx.caller, tx.now)) };
  const view = await loadView(tx, packageId, reader);
  const one = found(view.isVisible ? known : null, 'access package', packageId);
  return {
    accessPackage: { id: one.id, displayName: one.displayName, description: one.description },
    policies: await policiesFor(tx, one, view.readsAll),
    gives: await picture(tx, await loadContents(tx.db(), one.id)),
  };
}

async function policiesFor(tx: Tx, { id }: AccessPackage, readsAll: boolean): Promise<PackageContents['policies']> {
  const policies = await loadPolicies(tx.db(), id);
  const scopes = policies.map(({ document }) => document);
  const own = tx.caller.kind === 'user' ? applicable(policies, await loadStanding(tx, tx.caller.id, scopes)) : [];
  const isForCaller = (policy: AssignmentPolicy) => own.includes(policy);
  return policies
    .filter((policy) => readsAll || isForCaller(policy))
    .map((policy) => ({
      id: policy.id,
      displayName: policy.document.displayName,
      isForCaller: isForCaller(policy),
      stages: stagesOf(policy.document, newId).length,
      expiration: policy.document.expiration,
    }));
}

/** What some contents of a package open, with names and what activating takes. */
export async function picture(tx: Tx, contents: readonly PackageContent[]): Promise<PackageContents['gives']> {
  const known = await knownOf(tx, contents);
  return contents.map((content) => given(content, known));
}

async function knownOf(tx: Tx, contents: readonly PackageContent[]): Promise<Known> {
  const held = new Map<Id, readonly Way[]>();
  for (const { originSystem, originId } of contents) {
    if (originSystem === 'AadGroup' && !held.has(originId)) held.set(originId, await rolesOf(tx, originId));
  }
  const roles = [...held.values()].flat().map(privilegeOf);
  const own = contents.map((content) => privilegeGiven(content));
  const ids = [...new Set([...roles, ...own].map(({ id }) => id))];
  const names = await nameTargets(
    tx.db(),
    ids.map((id) => ({ id, type: 'Any' })),
  );
  const nameOf = new Map(names.map(({ id, displayName }) => [id, displayName ?? '']));
  return {
    nameOf: (id) => nameOf.get(id) ?? '',
    privileged: await privilegedAmong(tx, ids),
    termsOf: await activationTerms(tx, [...roles, ...own]),
    held,
  };
}

async function rolesOf(tx: Tx, groupId: Id): Promise<Way[]> {
  return (await waysOf(tx, groupId)).filter((way) => privilegeOf(way).kind === 'role');
}

function privilegeOf({ links }: Way): Privilege {
  const last = links.at(-1);
  if (last === undefined) throw new Error('A way leads over no grant');
  return last.privilege;
}

function privilegeGiven({ originSystem, originId, kind }: PackageContent): Privilege {
  if (originSystem === 'DirectoryRole') return { kind: 'role', id: originId, scope: '/' };
  const isOwner = kind === 'owner' || kind === 'eligibleOwner';
  return { kind: isOwner ? 'group-owner' : 'group-member', id: originId, scope: '/' };
}

function given(content: PackageContent, known: Known): PackageContents['gives'][number] {
  const { originSystem, originId, kind, displayName } = content;
  const isEligible = kind === 'eligibleMember' || kind === 'eligibleOwner' || kind === 'eligible';
  const isMember = kind === 'member' || kind === 'eligibleMember';
  return {
    as: kind,
    resource: {
      kind: originSystem === 'AadGroup' ? 'group' : 'role',
      id: originId,
      displayName: known.nameOf(originId) || displayName,
      isPrivileged: known.privileged.has(originId),
    },
    activationsNeeded: isEligible ? 1 : 0,
    activation: isEligible ? termsShown(known.termsOf(privilegeGiven(content))) : null,
    // Who owns a group does not hold what it holds.
    leadsTo: (isMember ? (known.held.get(originId) ?? []) : [])
      .map((way) => leading(way, isEligible ? 1 : 0, known))
      .sort((one, other) => one.role.displayName.localeCompare(other.role.displayName)),
  };
}

function leading(way: Way, before: number, known: Known): PackageContents['gives'][number]['leadsTo'][number] {
  const privilege = privilegeOf(way);
  const { mode, activations, endsAt } = reachOf(way);
  return {
    mode,
    role: {
      id: privilege.id,
      displayName: known.nameOf(privilege.id),
      isPrivileged: known.privileged.has(privilege.id),
    },
    endDateTime: endsAt?.toString() ?? null,
    activationsNeeded: before + activations,
    activation: mode === 'eligible' ? termsShown(known.termsOf(privilege)) : null,
  };
}

function termsShown({ requirements, maximumDuration }: ActivationTerms) {
  return {
    maximumDuration: maximumDuration.toString(),
    isMfaRequired: requirements.mfa,
    isJustificationRequired: requirements.justification,
    isTicketRequired: requirements.ticket,
    authenticationContext: requirements.authenticationContext,
    needsApproval: requirements.approval,
  };
}
