import { foreseeStages } from '../../approval/index.ts';
import { approverPorts } from '../../directory/index.ts';
import {
  expiredGrants,
  type Grant,
  type Mode,
  openGrants,
  type Path,
  type Privilege,
  pathsTo,
} from '../../grants/index.ts';
import type { UserCaller } from '../../kernel/caller.ts';
import type { Outcome } from '../../kernel/outcome.ts';
import { isBefore } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type ContextTables, loadPublished } from '../authentication-context/store.ts';
import { demandedContext } from '../policy/requirements.ts';
import type { Rules } from '../policy/rule.ts';
import { loadRulesOf } from '../policy/store.ts';
import { decideRemoval, type Evidence } from '../request/decisions.ts';
import type { Action, ScheduleCommand, ScheduleRequest } from '../request/model.ts';
import { evidenceBy, hasMfa } from '../request/operations/command.ts';
import { activationStage } from '../request/operations/stage.ts';
import { decideAsking, renewalTime } from '../request/prolonging.ts';
import { readSchedule } from '../request/schedule.ts';
import { loadUndecided, type RequestTables } from '../request/store.ts';
import { type ForeseenActivation, foreseeActivation } from './decisions.ts';
import { termsBy } from './terms.ts';

/** What the caller has at the second door, loaded at once for all that is then foreseen. */
export interface OwnFacts {
  readonly caller: UserCaller;
  /** Whether the caller has proven a second factor, lately enough. */
  readonly hasMfa: boolean;
  readonly rulesOf: (privilege: Privilege) => Rules;
  readonly published: ReadonlySet<string>;
  /** The ways to what can be activated, the longest-lived first. */
  readonly paths: readonly Path[];
  /** What is the caller's own and has not ended. */
  readonly open: readonly Grant[];
  /** What was the caller's own and ended as planned while it can still be renewed. */
  readonly expired: readonly Grant[];
  /** The caller's requests that wait for somebody. */
  readonly undecided: readonly ScheduleRequest[];
}

/** Loads what the caller has of some privileges. */
export async function loadOwnFacts(tx: Tx, caller: UserCaller, privileges: readonly Privilege[]): Promise<OwnFacts> {
  const policies = privileges.map(({ kind, id }) => ({ kind, privilegeId: id }));
  const rules = await loadRulesOf(tx, policies, tx.now);
  return {
    caller,
    hasMfa: await hasMfa(tx),
    rulesOf: ({ kind, id }) => rules({ kind, privilegeId: id }),
    published: new Set(await loadPublished(tx.db<ContextTables>())),
    paths: await pathsTo(tx, caller.id, { mode: 'eligible' }),
    open: await openGrants(tx, { principal: caller.id }),
    expired: await expiredGrants(tx, { principal: caller.id }, renewableSince(tx)),
    undecided: await loadUndecided(tx.db<RequestTables>(), caller.id, tx.now),
  };
}

/** What activating each of some privileges takes, by the rules in force, whoever asks. */
export async function activationTerms(tx: Tx, privileges: readonly Privilege[]) {
  const policies = privileges.map(({ kind, id }) => ({ kind, privilegeId: id }));
  const rules = await loadRulesOf(tx, policies, tx.now);
  const published = new Set(await loadPublished(tx.db<ContextTables>()));
  return termsBy(({ kind, id }) => rules({ kind, privilegeId: id }), published);
}

/** Since when what has ended can still be renewed. */
export function renewableSince({ now }: Pick<Tx, 'now'>) {
  return now.subtract(renewalTime.round({ largestUnit: 'hours' }));
}

/** What an activation by the caller would come to now, and how many people could approve it. */
export async function foreseeOwn(
  tx: Tx,
  facts: OwnFacts,
  privilege: Privilege,
): Promise<ForeseenActivation & { readonly approvers: number }> {
  const rules = facts.rulesOf(privilege);
  const context = demandedContext(rules);
  const foreseen = foreseeActivation(
    evidenceFor(facts, privilege, 'active', 'selfActivate'),
    {
      rules,
      isContextPublished: context !== null && facts.published.has(context),
      paths: facts.paths.filter(({ grant }) => isOf(privilege)(grant)),
      held: facts.open.filter((grant) => grant.mode === 'active' && isOf(privilege)(grant)),
      isPending: waitingOf(facts, privilege, 'selfActivate') !== null,
    },
    tx.now,
  );
  return { ...foreseen, approvers: foreseen.needsApproval ? await countApprovers(tx, facts, privilege, rules) : 0 };
}

async function countApprovers(tx: Tx, { caller }: OwnFacts, privilege: Privilege, rules: Rules): Promise<number> {
  const stages = [await activationStage(tx, privilege, rules)];
  const asked = { door: 'activation', requestorId: caller.id, subjectId: caller.id, stages } as const;
  const [stage] = await foreseeStages(tx, asked, approverPorts);
  return stage?.approverIds.length ?? 0;
}

/** Whether the caller could give back now what they have activated. */
export function foreseeDeactivation(tx: Tx, facts: OwnFacts, privilege: Privilege): Outcome<unknown> {
  const isActivated = (grant: Grant) => grant.origin.kind === 'activation' && !isBefore(tx.now, grant.startsAt);
  return decideRemoval(
    facts.open.filter((grant) => isOf(privilege)(grant) && isActivated(grant)),
    tx.now,
  );
}

/** Whether the caller could ask an administrator now to extend what they have, or to renew what they had. */
export function foreseeAsking(
  tx: Tx,
  facts: OwnFacts,
  { privilege, mode }: { readonly privilege: Privilege; readonly mode: Mode },
  what: 'extension' | 'renewal',
): Outcome<unknown> {
  const schedule = readSchedule(null);
  if (schedule.is === 'refused') return schedule;
  const action = what === 'extension' ? 'selfExtend' : 'selfRenew';
  const isSame = (grant: Grant) => grant.mode === mode && isOf(privilege)(grant);
  const evidence = { ...evidenceFor(facts, privilege, mode, action), justification: '-' };
  return decideAsking(
    what,
    { caller: facts.caller, schedule: schedule.value, evidence },
    {
      rules: facts.rulesOf(privilege),
      mode,
      held: facts.open.filter(isSame),
      expired: facts.expired.filter(isSame),
      isPending: ['selfExtend' as const, 'selfRenew' as const].some(
        (one) => waitingOf(facts, privilege, one, one === 'selfExtend' ? mode : null) !== null,
      ),
    },
    tx.now,
  );
}

/** The caller's request for a privilege that waits, by what it asks for; null if there is none. */
export function waitingOf(
  { undecided }: OwnFacts,
  privilege: Privilege,
  action: Action,
  mode: Mode | null = null,
): ScheduleRequest | null {
  const found = undecided.find(
    (one) => one.action === action && (mode === null || one.mode === mode) && isOf(privilege)(one),
  );
  return found ?? null;
}

function isOf({ kind, id, scope }: Privilege): (one: { readonly privilege: Privilege }) => boolean {
  return ({ privilege }) => privilege.kind === kind && privilege.id === id && privilege.scope === scope;
}

/** What the caller brings to a request by having signed in. */
function evidenceFor({ caller, hasMfa }: OwnFacts, privilege: Privilege, mode: Mode, action: Action): Evidence {
  const command: ScheduleCommand = {
    action,
    privilege,
    mode,
    principalId: caller.id,
    schedule: null,
    justification: null,
    ticket: { number: null, system: null },
  };
  return evidenceBy(caller, hasMfa, command);
}
