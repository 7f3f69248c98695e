import { privilegedAmong } from '../../directory/index.ts';
import { describeWays, endedOf, type NamePorts, reachOf, type Way, waysOf } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Tx } from '../../platform/transaction.ts';
import {
  foreseeAsking,
  foreseeDeactivation,
  foreseeOwn,
  loadOwnFacts,
  type OwnFacts,
  onboardedAmong,
  renewableSince,
  waitingOf,
} from '../../privileged/index.ts';
import { groupsIn, type Holding, held, holdingsOf, isManaged, privilegeOf } from '../holding/model.ts';
import { type Described, possibilityOf, privilegeShown, wayShown } from '../holding/shown.ts';
import { owner } from '../me/operations.ts';
import type { ActivePrivilege, EligiblePrivilege, ExpiredPrivilege, HeldGroup, Privileges } from './contract.ts';
import { sendableFor } from './sending.ts';

/** What an answer about a person's own is made from. */
interface Own {
  readonly tx: Tx;
  readonly facts: OwnFacts;
  readonly described: ReadonlyMap<Way, Described>;
  readonly privileged: ReadonlySet<Id>;
}

/**
 * What the caller is eligible for, has now and had until lately, of roles and of groups under PIM, by which ways; and
 * what could be done about it now, by the functions that decide about the real request.
 */
export async function readPrivileges(tx: Tx, ports: NamePorts): Promise<Privileges> {
  const caller = await owner(tx);
  const ways = await waysOfOwner(tx, caller.id);
  const { now, ended, onboarded } = ways;
  const { eligible, active } = holdingsOf(now, onboarded);
  const all = [...now, ...ended];
  const privileges = all.map(privilegeOf);
  const described = await describeWays(tx, all, ports);
  const own: Own = {
    tx,
    facts: await loadOwnFacts(tx, caller, privileges),
    described: new Map(all.flatMap((way, index) => pairOf(way, described[index]))),
    privileged: await privilegedAmong(tx, [
      ...new Set(all.flatMap(({ links }) => links.map(({ privilege }) => privilege.id))),
    ]),
  };
  const eligibleShown: EligiblePrivilege[] = [];
  for (const holding of eligible) eligibleShown.push(await eligibleOf(own, holding, active));
  return {
    now: tx.now.toString(),
    eligible: eligibleShown.sort(byName),
    active: active.map((holding) => activeOf(own, holding)).sort(byName),
    expired: ended
      .filter((way) => isManaged(way, onboarded))
      .map((way) => expiredOf(own, way))
      .sort(latestFirst),
    groups: groupsOf(own, now, onboarded),
  };
}

interface Placed {
  readonly privilege: { readonly displayName: string; readonly id: Id };
}

function byName({ privilege: one }: Placed, { privilege: other }: Placed): number {
  return one.displayName.localeCompare(other.displayName) || one.id.localeCompare(other.id);
}

function latestFirst(one: ExpiredPrivilege, other: ExpiredPrivilege): number {
  return Temporal.Instant.compare(other.endDateTime, one.endDateTime) || byName(one, other);
}

async function waysOfOwner(tx: Tx, userId: Id) {
  const now = await waysOf(tx, userId);
  const ended = await endedOf(tx, userId, renewableSince(tx));
  const ofPim = (ways: readonly Way[]) => ways.filter((way) => privilegeOf(way).kind !== 'entitlement-role');
  const [held, gone] = [ofPim(now), ofPim(ended)];
  return { now: held, ended: gone, onboarded: new Set(await onboardedAmong(tx, groupsIn([...held, ...gone]))) };
}

function pairOf(way: Way, described: Described | undefined): [Way, Described][] {
  return described === undefined ? [] : [[way, described]];
}

function told({ described }: Own, way: Way): Described {
  const found = described.get(way);
  if (found === undefined) throw new Error('A way that nobody described');
  return found;
}

/** What is said of a holding as a whole: it begins with the first of its ways and ends with the last. */
function shown(own: Own, { ways, endsAt }: Holding) {
  const reaches = ways.map((way) => ({ way, ...reachOf(way) }));
  const [first, ...others] = reaches;
  if (first === undefined) throw new Error('A holding without a way');
  const startsAt = others.reduce(
    (earliest, one) => (Temporal.Instant.compare(one.startsAt, earliest) < 0 ? one.startsAt : earliest),
    first.startsAt,
  );
  const lasting = reaches.find((one) => String(one.endsAt) === String(endsAt)) ?? first;
  return {
    privilege: privilegeShown(told(own, ways[0]), own.privileged),
    startDateTime: startsAt.toString(),
    endDateTime: endsAt?.toString() ?? null,
    endsBecause: told(own, lasting.way).endsBecause,
    ways: ways.map((way) => wayShown(told(own, way))),
  };
}

async function eligibleOf(own: Own, holding: Holding, active: readonly Holding[]): Promise<EligiblePrivilege> {
  const { privilege } = holding;
  const alive = active.find((one) => isSame(one, holding));
  return {
    ...shown(own, holding),
    isActive: alive !== undefined,
    activeUntil: alive?.endsAt?.toString() ?? null,
    activation: await activationOf(own, holding),
    extension: {
      ...possibilityOf(foreseeAsking(own.tx, own.facts, { privilege, mode: 'eligible' }, 'extension')),
      at: sendableFor(privilege, 'eligible', 'selfExtend', own.facts.caller.id),
    },
  };
}

function isSame({ privilege: one }: Holding, { privilege: other }: Holding): boolean {
  return one.kind === other.kind && one.id === other.id && one.scope === other.scope;
}

async function activationOf(own: Own, { privilege, ways: [way] }: Holding): Promise<EligiblePrivilege['activation']> {
  const foreseen = await foreseeOwn(own.tx, own.facts, privilege);
  const { requirements, blocker } = foreseen;
  const waiting = waitingOf(own.facts, privilege, 'selfActivate');
  const { state } = waiting ?? {};
  return {
    isPossible: blocker === null,
    blocker: blocker === null ? null : { code: blocker.code, message: blocker.message, target: blocker.target ?? null },
    unmet: [...foreseen.unmet],
    isJustificationRequired: requirements.justification,
    isTicketRequired: requirements.ticket,
    isMfaRequired: requirements.mfa,
    authenticationContext: requirements.authenticationContext,
    needsApproval: foreseen.needsApproval,
    approvers: foreseen.approvers,
    maximumDuration: foreseen.maximumDuration.toString(),
    latestEndDateTime: foreseen.endsAt?.toString() ?? null,
    activateFirst: firstToActivate(own, way),
    pendingRequest:
      waiting !== null && state?.is === 'pendingApproval'
        ? { id: waiting.id, deadline: state.decideBy.toString() }
        : null,
    activateAt: sendableFor(privilege, 'active', 'selfActivate', own.facts.caller.id),
  };
}

/** The membership on a way that is eligible itself, and has to be activated before what it leads to. */
function firstToActivate(own: Own, way: Way): EligiblePrivilege['activation']['activateFirst'] {
  const at = way.links.findIndex(({ mode }) => mode === 'eligible');
  const found = told(own, way).path[at];
  if (found === undefined || at === way.links.length - 1) return null;
  const { privilege } = wayShown(told(own, way)).path[at] ?? {};
  return privilege === undefined ? null : { ...privilege, isPrivileged: own.privileged.has(privilege.id) };
}

function activeOf(own: Own, holding: Holding): ActivePrivilege {
  const { privilege, ways } = holding;
  const isActivated = ways.some(({ links }) => links.at(-1)?.origin.kind === 'activation');
  return {
    ...shown(own, holding),
    assignmentType: isActivated ? 'activated' : 'assigned',
    deactivation: {
      ...possibilityOf(foreseeDeactivation(own.tx, own.facts, privilege)),
      at: sendableFor(privilege, 'active', 'selfDeactivate', own.facts.caller.id),
    },
    extension: {
      ...possibilityOf(foreseeAsking(own.tx, own.facts, { privilege, mode: 'active' }, 'extension')),
      at: sendableFor(privilege, 'active', 'selfExtend', own.facts.caller.id),
    },
  };
}

function expiredOf(own: Own, way: Way): ExpiredPrivilege {
  const privilege = privilegeOf(way);
  const { startDateTime, endDateTime, endsBecause, mode, path } = told(own, way);
  return {
    privilege: privilegeShown(told(own, way), own.privileged),
    mode,
    startDateTime,
    endDateTime: endDateTime ?? own.tx.now.toString(),
    endsBecause,
    accessPackage: path.at(-1)?.accessPackage ?? null,
    renewal: {
      ...possibilityOf(foreseeAsking(own.tx, own.facts, { privilege, mode }, 'renewal')),
      at: sendableFor(privilege, mode, 'selfRenew', own.facts.caller.id),
    },
  };
}

function groupsOf(own: Own, ways: readonly Way[], onboarded: ReadonlySet<Id>): Privileges['groups'] {
  const placesOf = (kinds: readonly string[], mode: 'eligible' | 'active'): HeldGroup[] =>
    held(ways.filter((way) => kinds.includes(privilegeOf(way).kind) && reachOf(way).mode === mode))
      .map((holding) => shown(own, holding))
      .sort(byName)
      .map(({ privilege: { id, displayName, kind, isPrivileged }, ...rest }) => ({
        id,
        displayName,
        as: kind === 'group-owner' ? 'owner' : 'member',
        isManaged: onboarded.has(id),
        isPrivileged,
        ...rest,
      }));
  return {
    owned: placesOf(['group-owner'], 'active'),
    member: placesOf(['group-member'], 'active'),
    eligible: placesOf(['group-member', 'group-owner'], 'eligible'),
  };
}
