import type { EventTarget } from '../../kernel/event.ts';
import type { Id } from '../../kernel/ids.ts';
import { refuseNow } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Binding, EndBound } from '../ending.ts';
import { type EndReason, endOf, type Grant, type Privilege } from '../model.ts';
import { authorise } from '../operations/authority.ts';
import { reachOf, type Way, type Why } from './model.ts';
import { loadEnded, loadLinks, loadWays, type WaysQuery } from './store.ts';

interface PackageOf {
  readonly id: Id;
  readonly displayName: string;
  readonly binding: Binding | null;
}

/** What the ledger does not know and an answer names. */
export interface NamePorts {
  /** Completes targets with the names of users, groups, roles and applications. */
  readonly nameTargets: (tx: Tx, targets: readonly EventTarget[]) => Promise<readonly EventTarget[]>;
  /** The packages of package assignments, and what binds the ends of these, by the assignment's id. */
  readonly packagesOf: (tx: Tx, assignmentIds: readonly Id[]) => Promise<ReadonlyMap<Id, PackageOf>>;
}

/** What is asked: whose access, or who has access to what; at which instant. */
export interface Asked extends Omit<WaysQuery, 'most'> {
  readonly at: Instant | null;
}

/** How many principals an answer is about at most. */
const page = 100;

/**
 * Who holds what at an instant, past or to come, by which way, until when, and why it ends then.
 * People may ask about themselves; `effectiveAccess.read` about everybody. Refuses with `Authorization_RequestDenied`
 * (403), `PropertyRequired` (400) if neither a principal nor a privilege is named.
 */
export async function effectiveAccess(tx: Tx, asked: Asked, ports: NamePorts) {
  const isSelf = tx.caller.kind === 'user' && tx.caller.id === asked.principalId;
  await authorise(tx, 'effectiveAccess.read', isSelf ? ['self'] : []);
  if (asked.principalId === null && asked.privilegeId === null) {
    return refuseNow('invalid', 'PropertyRequired', 'Say whose access, or to what: principalId, privilege, or both.');
  }
  const at = asked.at ?? tx.now;
  const ways = await loadWays(tx.db(), { ...asked, most: page }, at);
  const principals = [...new Set(ways.map(({ principalId }) => principalId))];
  const last = principals.length < page ? null : (principals.at(-1) ?? null);
  return { at: at.toString(), value: await describeWays(tx, ways, ports), after: last };
}

/** Every way from a principal to a privilege now, over active and eligible memberships alike. Who asks is not looked at. */
export function waysOf(tx: Tx, principalId: Id): Promise<Way[]> {
  return loadWays(tx.db(), { principalId, privilegeId: null, after: null, most: 1 }, tx.now);
}

/** What a principal had itself and does not have any more since an instant, each as a way of one link. */
export function endedOf(tx: Tx, principalId: Id, since: Instant): Promise<Way[]> {
  return loadEnded(tx.db(), principalId, since, tx.now);
}

/** When a grant ends or has ended, and why: what ended it early, or what binds its planned end. Null if there is none. */
export async function endOfGrant(tx: Tx, id: Id): Promise<{ at: Instant | null; reason: EndWord } | null> {
  const grant = (await loadLinks(tx.db(), [id])).get(id);
  if (grant === undefined) return null;
  const at = endOf(grant);
  const isEarly = grant.endedAt !== null && at !== null && !isBefore(at, grant.endedAt);
  const reason = isEarly ? grant.endReason : (grant.binding?.by ?? null);
  return { at, reason: at === null ? 'never' : (reason ?? 'unknown') };
}

/** Ways with the names of what is on them, in their order: as `effectiveAccess` answers them. */
export async function describeWays(tx: Tx, ways: readonly Way[], ports: NamePorts) {
  const names = await namesOf(tx, ways, ports);
  return ways.map((way) => shown(way, names));
}

interface Names {
  readonly of: (id: Id) => string | null;
  readonly packages: ReadonlyMap<Id, PackageOf>;
  /** What binds the end of a grant. */
  readonly bindings: ReadonlyMap<Id, Binding | null>;
}

async function namesOf(tx: Tx, ways: readonly Way[], ports: NamePorts): Promise<Names> {
  const links = await withBases(
    tx,
    ways.flatMap((way) => way.links),
  );
  const ids = new Set(links.flatMap(({ principal, privilege }) => [principal.id, privilege.id]));
  const targets = await ports.nameTargets(
    tx,
    [...ids].map((id) => ({ id, type: 'Any' })),
  );
  const names = new Map(targets.map(({ id, displayName }) => [id, displayName ?? null]));
  const assignments = links.filter(({ origin }) => origin.kind === 'package').map(({ origin }) => origin.id);
  return {
    of: (id) => names.get(id) ?? null,
    packages: await ports.packagesOf(tx, [...new Set(assignments)]),
    bindings: new Map(links.map(({ id, binding }) => [id, binding])),
  };
}

/** Grants and those whose ends bind theirs: an activation ends with its eligibility, which is not on its way. */
async function withBases(tx: Tx, links: readonly Grant[]): Promise<Grant[]> {
  const known = new Map(links.map((link) => [link.id, link]));
  let wanted = basesOf(links);
  while (wanted.length > 0) {
    const found = await loadLinks(tx.db(), wanted);
    for (const [id, link] of found) known.set(id, link);
    wanted = basesOf([...found.values()]).filter((id) => !known.has(id));
  }
  return [...known.values()];
}

function basesOf(grants: readonly Grant[]): Id[] {
  return grants.flatMap(({ binding }) => (binding?.by === 'link' && binding.id !== undefined ? [binding.id] : []));
}

function shown(way: Way, names: Names) {
  const last = way.links.at(-1);
  if (last === undefined) throw new Error('A way leads over no grant');
  const { mode, activations, startsAt, endsAt, why } = reachOf(way);
  return {
    principal: { id: way.principalId, kind: way.principalKind, displayName: names.of(way.principalId) },
    privilege: privilegeShown(last.privilege, names),
    mode,
    isActive: mode === 'active',
    activationsNeeded: activations,
    startDateTime: startsAt.toString(),
    endDateTime: endsAt?.toString() ?? null,
    endsBecause: whyShown(why, names),
    path: way.links.map((link) => linkShown(link, names)),
  };
}

function privilegeShown({ kind, id, scope }: Privilege, names: Names) {
  return { kind, id, displayName: names.of(id), scope };
}

function linkShown(link: Grant, names: Names) {
  const { id, privilege, mode, startsAt, origin } = link;
  return {
    grantId: id,
    privilege: privilegeShown(privilege, names),
    mode,
    startDateTime: startsAt.toString(),
    endDateTime: endOf(link)?.toString() ?? null,
    origin: origin.kind,
    originId: origin.id,
    accessPackage: origin.kind === 'package' ? packageShown(names.packages.get(origin.id)) : null,
  };
}

function packageShown(found: PackageOf | undefined) {
  return found === undefined ? null : { id: found.id, displayName: found.displayName };
}

/** Why something ends, in one word: what ended it early, or what its planned end comes from. */
type EndWord = 'never' | EndReason | EndBound | 'unknown';

interface EndsBecause {
  readonly reason: EndWord;
  readonly grantId: Id | null;
  readonly boundById: Id | null;
}

function whyShown(why: Why, names: Names): EndsBecause {
  switch (why.is) {
    case 'never':
      return { reason: 'never', grantId: null, boundById: null };
    case 'accountDisabled':
      return { reason: 'account-disabled', grantId: null, boundById: null };
    case 'ended':
      return { reason: why.reason, grantId: why.grantId, boundById: null };
    case 'planned':
      return { ...traced(why.binding, names), grantId: why.grantId };
    default:
      return why satisfies never;
  }
}

/** Follows an end from what hangs to what it hangs on, as far as it goes: the policy, the rule, the wish. */
function traced(binding: Binding | null, names: Names): Pick<EndsBecause, 'reason' | 'boundById'> {
  let last = binding;
  for (const seen = new Set<Id>(); last?.by === 'link' && last.id !== undefined && !seen.has(last.id); ) {
    seen.add(last.id);
    const next: Binding | null | undefined = names.bindings.get(last.id) ?? names.packages.get(last.id)?.binding;
    if (next === undefined || next === null) break;
    last = next.by === 'link' || next.id !== undefined ? next : { by: next.by, id: last.id };
  }
  return { reason: last === null ? 'unknown' : last.by, boundById: last?.id ?? null };
}
