import { chooseApprovers } from '../../src/approval/approvers.ts';
import { decideTakeBack, decideVote } from '../../src/approval/decisions.ts';
import type { Approval } from '../../src/approval/model.ts';
import { progressOf } from '../../src/approval/progress.ts';
import { decideDelivery } from '../../src/entitlements/assignment/delivery.ts';
import { assignmentState } from '../../src/entitlements/assignment/model.ts';
import { stagesForUpdate, stagesOf } from '../../src/entitlements/policy/stages.ts';
import { decideUserAdd } from '../../src/entitlements/request/decisions.ts';
import { decideExtension, decideUpdate } from '../../src/entitlements/request/extension.ts';
import { cancel, isWaiting, requestState, stepAfter } from '../../src/entitlements/request/machine.ts';
import { decideRemoval } from '../../src/entitlements/request/removal.ts';
import { cappedWindow, endOf, type Grant, isLive, type Path } from '../../src/grants/model.ts';
import { type Outcome, orRefuse } from '../../src/kernel/outcome.ts';
import { earliest, type Instant, isBefore } from '../../src/kernel/time.ts';
import { defaultRules } from '../../src/privileged/policy/defaults.ts';
import {
  decideActivation,
  decideRemoval as decideDeactivation,
  linksOf,
} from '../../src/privileged/request/decisions.ts';
import { readSchedule } from '../../src/privileged/request/schedule.ts';
import { type Asked, accounts, approvers, cast, type Held, policyOf, type Who, type World } from './world.ts';

/** The production functions that decide; a mutant has another in the place of one of them. */
export const production = {
  chooseApprovers,
  decideVote,
  decideTakeBack,
  progressOf,
  decideUserAdd,
  decideUpdate,
  decideExtension,
  decideDelivery,
  decideRemoval,
  requestState,
  cancel,
  stepAfter,
  assignmentState,
  decideActivation,
  decideDeactivation,
  cappedWindow,
  isLive,
};

export type Rules = typeof production;

/** Something that may happen: its name, and the world after it, or the code with which it is refused. */
export interface Happening {
  readonly name: string;
  readonly to: World | null;
  readonly code: string | null;
}

const requests = 2;
const activationsAtMost = 2;
const none = { code: null } as const;

function refused(name: string, outcome: Outcome<unknown>): Happening | null {
  return outcome.is === 'refused' ? { name, to: null, code: outcome.refusal.code } : null;
}

/** Everything that anybody may try in a world, and the passing of time to just before and at the next instant that matters. */
export function happeningsIn(world: World, rules: Rules): Happening[] {
  const people = cast.flatMap((who) =>
    (['approve', 'deny'] as const).flatMap((decision) =>
      [1, 2].map((stage) => vote(world, rules, who, decision, stage)),
    ),
  );
  return [
    ask(world, rules),
    ...people,
    ...cast.map((who) => takeBack(world, rules, who)),
    withdraw(world, rules),
    ...(['administrator', 'target'] as const).map((by) => take(world, rules, by)),
    extend(world, rules),
    activate(world, rules),
    deactivate(world, rules),
    { name: 'the policy is edited', to: world.version === 0 ? { ...world, version: 1 } : null, ...none },
    ...wait(world),
  ];
}

function target() {
  return { userId: 'rio', isMember: true, groupIds: new Set<string>() };
}

function liveHeld(world: World, rules: Rules): Held | undefined {
  return world.held.find(({ assignment }) => rules.assignmentState(assignment, world.now).is === 'delivered');
}

function isPending(world: World, rules: Rules): boolean {
  return world.asked.some(({ state }) => rules.requestState(state, world.now).is === 'pendingApproval');
}

function ask(world: World, rules: Rules): Happening {
  const name = 'rio asks';
  if (world.asked.length >= requests) return { name, to: null, ...none };
  const policy = policyOf(world.version);
  const submission = { policyId: null, justification: null, answers: [], schedule: null };
  const facts = {
    catalog: { state: 'published' as const, isExternallyVisible: false },
    policies: [policy],
    target: target(),
    isTargetUsable: true,
    hasPending: isPending(world, rules),
    hasAssignment: liveHeld(world, rules) !== undefined,
    full: null,
  };
  const outcome = rules.decideUserAdd(submission, facts, world.now);
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const asked = opened(world, 'add', outcome.value.expiration, stagesOf(policy.document, ids()), null);
  return { name, to: settled({ ...world, asked: [...world.asked, asked] }, rules, world.asked.length), ...none };
}

function ids(): () => string {
  let next = 0;
  return () => `stage-${++next}`;
}

function opened(
  world: World,
  is: Asked['is'],
  expiration: Asked['expiration'],
  stages: Approval['stages'],
  assignment: number | null,
): Asked {
  const approval: Approval = {
    id: 'approval',
    door: 'package',
    requestorId: 'rio',
    subjectId: 'rio',
    stages,
    about: null,
    justification: null,
    openedAt: world.now,
    withdrawnAt: null,
    correlation: 'story',
    votes: [],
    accounts,
  };
  return {
    is,
    version: world.version,
    state: { is: 'pendingApproval', until: world.now },
    approval: stages.length === 0 ? null : approval,
    expiration,
    assignment,
  };
}

/** Brings a request to where its approval has come, as the operations do after each decision. */
function settled(world: World, rules: Rules, index: number): World {
  const asked = world.asked[index];
  if (asked === undefined) return world;
  const step =
    asked.approval === null
      ? ({ is: 'deliver' } as const)
      : rules.stepAfter(rules.progressOf(asked.approval, world.now));
  if (step.is !== 'deliver') return withAsked(world, index, { ...asked, state: step.state });
  return asked.is === 'add' ? delivered(world, rules, index, asked) : extended(world, rules, index, asked);
}

function withAsked(world: World, index: number, asked: Asked): World {
  return { ...world, asked: world.asked.map((one, at) => (at === index ? asked : one)) };
}

function failed(world: World, index: number, asked: Asked, code: string): World {
  return withAsked(world, index, { ...asked, state: { is: 'deliveryFailed', at: world.now, cause: code } });
}

function delivered(world: World, rules: Rules, index: number, asked: Asked): World {
  const facts = {
    isTargetUsable: true,
    isPackageThere: true,
    gone: [],
    excluding: [],
    hasAssignment: liveHeld(world, rules) !== undefined,
    full: null,
    expiration: asked.expiration,
    endsBy: 'policy' as const,
    from: world.now,
    limits: [],
  };
  const term = rules.decideDelivery(facts, world.now);
  if (term.is === 'refused') return failed(world, index, asked, term.refusal.code);
  const { window, binding } = term.value;
  const shared = { startsAt: window.from, endsAt: window.until, endedAt: null, binding, correlation: 'story' };
  const assignment = {
    id: `a-${world.held.length}`,
    packageId: 'package',
    policyId: 'policy',
    targetId: 'rio',
    ...shared,
  };
  const eligibility = grantOf(`e-${world.held.length}`, 'eligible', { ...shared, givenAt: world.now });
  const held = [...world.held, { assignment, eligibility, by: index }];
  const done: Asked = { ...asked, state: { is: 'delivered', at: world.now }, assignment: world.held.length };
  return withAsked({ ...world, held }, index, done);
}

function grantOf(id: string, mode: Grant['mode'], window: Pick<Grant, 'startsAt' | 'endsAt' | 'givenAt'>): Grant {
  return {
    id,
    principal: { kind: 'user', id: 'rio' },
    privilege: { kind: 'role', id: 'role', scope: '/' },
    mode,
    endedAt: null,
    binding: null,
    origin: { kind: mode === 'eligible' ? 'package' : 'activation', id },
    correlation: 'story',
    startsAt: window.startsAt,
    endsAt: window.endsAt,
    givenAt: window.givenAt,
  };
}

function vote(world: World, rules: Rules, who: Who, decision: 'approve' | 'deny', stage: number): Happening {
  const name = `${who} would ${decision} stage ${stage}`;
  const index = world.asked.length - 1;
  const asked = world.asked[index];
  if (asked === undefined || asked.approval === null) return { name, to: null, ...none };
  const primary = approvers[asked.version]?.[stage - 1] ?? [];
  const chosen = rules.chooseApprovers(asked.approval, stage, { primary, fallback: [] }, () => true);
  const progress = rules.progressOf(asked.approval, world.now);
  const isOpen = progress.is === 'pending' && progress.stage === stage;
  const facts = { approval: asked.approval, approvers: new Set(isOpen ? chosen.userIds : []) };
  const outcome = rules.decideVote(
    { stageId: `stage-${stage}`, voterId: who, decision, justification: '' },
    facts,
    world.now,
  );
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const approval = { ...asked.approval, votes: [...asked.approval.votes, outcome.value] };
  return { name, to: settled(withAsked(world, index, { ...asked, approval }), rules, index), ...none };
}

function takeBack(world: World, rules: Rules, who: Who): Happening {
  const name = `${who} takes back`;
  const index = world.asked.length - 1;
  const asked = world.asked[index];
  if (asked === undefined || asked.approval === null) return { name, to: null, ...none };
  const outcome = rules.decideTakeBack({ voterId: who, reason: 'A mistake' }, asked.approval, world.now);
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const votes = asked.approval.votes.map((one) => (one.stage === outcome.value.stage ? outcome.value : one));
  const after = withAsked(world, index, { ...asked, approval: { ...asked.approval, votes } });
  return { name, to: settled(after, rules, index), ...none };
}

function withdraw(world: World, rules: Rules): Happening {
  const name = 'rio cancels';
  const index = world.asked.length - 1;
  const asked = world.asked[index];
  if (asked === undefined) return { name, to: null, ...none };
  const outcome = rules.cancel(asked.state, 'requestor', world.now);
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const approval = asked.approval === null ? null : { ...asked.approval, withdrawnAt: world.now };
  return { name, to: withAsked(world, index, { ...asked, approval, state: outcome.value }), ...none };
}

/** Ends an assignment with what it gave, and withdraws what was asked about it. */
function take(world: World, rules: Rules, by: 'administrator' | 'target'): Happening {
  const name = by === 'target' ? 'rio gives up' : 'an administrator takes it away';
  const index = world.held.length - 1;
  const held = world.held[index];
  if (held === undefined) return { name, to: null, ...none };
  const settings = policyOf(world.version).document.requestorSettings;
  const outcome = rules.decideRemoval(by, held.assignment, settings, world.now);
  const no = refused(name, outcome);
  if (no !== null) return no;
  const ended = {
    ...held,
    assignment: { ...held.assignment, endedAt: world.now },
    eligibility: { ...held.eligibility, endedAt: world.now },
  };
  const activations = world.activations.map((one) =>
    isBefore(world.now, endOf(one) ?? world.now) ? { ...one, endedAt: world.now } : one,
  );
  const asked = world.asked.map((one): Asked => {
    const isAbout = one.is === 'update' && one.assignment === index && isWaiting(one.state, world.now);
    if (!isAbout) return one;
    const approval = one.approval === null ? null : { ...one.approval, withdrawnAt: world.now };
    return { ...one, approval, state: { is: 'canceled', at: world.now } };
  });
  return {
    name,
    to: { ...world, asked, activations, held: world.held.map((one, at) => (at === index ? ended : one)) },
    ...none,
  };
}

function extend(world: World, rules: Rules): Happening {
  const name = 'rio extends';
  const index = world.held.length - 1;
  const held = world.held[index];
  if (held === undefined || world.asked.length >= requests + 1) return { name, to: null, ...none };
  const policy = policyOf(world.version);
  const submission = { justification: null, answers: [], schedule: null };
  const facts = {
    assignment: held.assignment,
    policy,
    target: target(),
    isTargetUsable: true,
    hasPending: isPending(world, rules),
    limits: [],
    answers: [],
  };
  const outcome = rules.decideUpdate('target', submission, facts, world.now);
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const asked = opened(world, 'update', outcome.value.expiration, stagesForUpdate(policy.document, ids()), index);
  return { name, to: settled({ ...world, asked: [...world.asked, asked] }, rules, world.asked.length), ...none };
}

function extended(world: World, rules: Rules, index: number, asked: Asked): World {
  const held = world.held[asked.assignment ?? -1];
  if (held === undefined) return failed(world, index, asked, 'AssignmentEnded');
  const extension = { expiration: asked.expiration, endsBy: 'policy' as const, limits: [], mayShorten: false };
  const term = rules.decideExtension(held.assignment, extension, world.now);
  if (term.is === 'refused') return failed(world, index, asked, term.refusal.code);
  const endsAt = term.value.window.until;
  const moved = { ...held, assignment: { ...held.assignment, endsAt }, eligibility: { ...held.eligibility, endsAt } };
  const all = world.held.map((one, at) => (at === asked.assignment ? moved : one));
  return withAsked({ ...world, held: all }, index, { ...asked, state: { is: 'delivered', at: world.now } });
}

function activate(world: World, rules: Rules): Happening {
  const name = 'rio activates';
  if (world.activations.length >= activationsAtMost) return { name, to: null, ...none };
  const paths = world.held
    .filter(({ eligibility }) => rules.isLive(eligibility, world.now))
    .map(({ eligibility }): Path => ({ grant: eligibility, through: [], until: endOf(eligibility) }));
  const facts = {
    rules: defaultRules,
    isContextPublished: false,
    held: world.activations.filter((one) => isOpen(one, world.now)),
    isPending: false,
    paths,
  };
  const evidence = { hasMfa: true, contexts: [], justification: 'INC-1', ticketNumber: null };
  const schedule = orRefuse(
    readSchedule({ startDateTime: null, expiration: { type: 'afterDuration', duration: 'PT8H' } }),
  );
  const outcome = rules.decideActivation(schedule, evidence, facts, world.now);
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const { window, path } = outcome.value;
  const capped = rules.cappedWindow({ window, links: linksOf(path, []) });
  if (capped.is === 'refused') return { name, to: null, code: capped.refusal.code };
  const grant = grantOf(`x-${world.activations.length}`, 'active', {
    startsAt: capped.value.window.from,
    endsAt: capped.value.window.until,
    givenAt: world.now,
  });
  return { name, to: { ...world, activations: [...world.activations, grant] }, ...none };
}

function isOpen(grant: Grant, now: Instant): boolean {
  const end = endOf(grant);
  return end === null || isBefore(now, end);
}

function deactivate(world: World, rules: Rules): Happening {
  const name = 'rio deactivates';
  const own = world.activations.filter((one) => isOpen(one, world.now));
  const outcome = rules.decideDeactivation(own, world.now);
  if (outcome.is === 'refused') return { name, to: null, code: outcome.refusal.code };
  const activations = world.activations.map((one) => (own.includes(one) ? { ...one, endedAt: world.now } : one));
  return { name, to: { ...world, activations }, ...none };
}

/** The next instant at which something is due, and the microsecond before it. */
function wait(world: World): Happening[] {
  const instants = [
    ...world.asked.flatMap(({ state }) => (state.is === 'pendingApproval' ? [state.until] : [])),
    ...world.held.flatMap(({ assignment }) => assignment.endsAt ?? []),
    ...world.activations.flatMap(({ endsAt, givenAt }) => [
      ...(endsAt === null ? [] : [endsAt]),
      givenAt.add({ minutes: 5 }),
    ]),
  ].filter((at) => isBefore(world.now, at));
  const next = earliest(...instants);
  if (next === null) return [];
  const before = next.subtract({ microseconds: 1 });
  const just = isBefore(world.now, before)
    ? [{ name: `time passes to just before ${next}`, to: { ...world, now: before }, ...none }]
    : [];
  return [...just, { name: `time passes to ${next}`, to: { ...world, now: next }, ...none }];
}
