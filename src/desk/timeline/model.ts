import type { ApprovalSeen } from '../../approval/index.ts';
import type { Id } from '../../kernel/ids.ts';
import { after, type Instant, isBefore, longestDuration, parseDuration } from '../../kernel/time.ts';
import type { TimelineStep } from './contract.ts';

type Place = TimelineStep['state'];
type Stage = ApprovalSeen['stages'][number];

/** What is known of a request's way, whichever door it went to. */
export interface Story {
  readonly submitted: { readonly at: Instant; readonly by: Id | null; readonly justification: string | null };
  readonly approval: ApprovalSeen | null;
  /** The steps behind the approval, in their order. */
  readonly rest: readonly Rest[];
}

/** A step that is no stage. */
export type Rest = Pick<TimelineStep, 'step' | 'state'> &
  Partial<Pick<TimelineStep, 'result' | 'cause'>> & {
    readonly at?: Instant | null;
    readonly since?: Instant | null;
    readonly until?: Instant | null;
  };

/** Who looks at a story. */
export interface Onlooker {
  readonly now: Instant;
  /** Whether they decide or read all requests, and so see who decides whatever the policy says. */
  readonly seesApprovers: boolean;
  readonly nameOf: (id: Id) => string;
}

/** The steps of a request, past, present and to come, in their order. */
export function stepsOf(story: Story, onlooker: Onlooker): TimelineStep[] {
  const { at, by, justification } = story.submitted;
  const stages = story.approval === null ? [] : stageSteps(story.approval.stages, onlooker);
  const steps: TimelineStep[] = [
    { ...nothing, step: 'submitted', state: 'done', at: at.toString(), by: named(by, onlooker), justification },
    ...stages,
    ...story.rest.map(restStep),
  ];
  return steps.map((one, index) => (one.state === 'current' ? { ...one, next: nextOf(steps.slice(index + 1)) } : one));
}

const nothing = {
  stage: null,
  at: null,
  by: null,
  result: null,
  cause: null,
  justification: null,
  holders: [],
  areHoldersShown: true,
  since: null,
  until: null,
  next: null,
} satisfies Partial<TimelineStep>;

function nextOf(steps: readonly TimelineStep[]): TimelineStep['next'] {
  return steps.find(({ step, state }) => state === 'ahead' && step !== 'escalation')?.step ?? null;
}

function restStep({ step, state, at = null, since = null, until = null, result = null, cause = null }: Rest) {
  const told = { at: at?.toString() ?? null, since: since?.toString() ?? null, until: until?.toString() ?? null };
  return { ...nothing, step, state, result, cause, ...told };
}

function stageSteps(stages: readonly Stage[], onlooker: Onlooker): TimelineStep[] {
  let latest: Instant | null = null;
  return stages.flatMap((stage) => {
    const opens: Instant | null = stage.opensAt ?? latest;
    const until = opens === null ? null : after(opens, parseDuration(stage.decisionTime) ?? longestDuration);
    latest = stage.place === 'current' || stage.place === 'ahead' ? until : null;
    return [stageStep(stage, latest, onlooker), ...escalationStep(stage, onlooker)];
  });
}

function stageStep(stage: Stage, until: Instant | null, onlooker: Onlooker): TimelineStep {
  const { vote, place } = stage;
  const isShown = onlooker.seesApprovers || !stage.hidesApprovers;
  const isOpen = place === 'current' || place === 'ahead';
  return {
    ...nothing,
    step: 'stage',
    stage: stage.stage,
    state: place,
    at: endedAt(stage)?.toString() ?? null,
    by: isShown && vote !== null ? { id: vote.voterId, displayName: vote.voterName } : null,
    result: resultOf(stage),
    justification: vote === null ? null : (vote.takenBackReason ?? vote.justification),
    holders: isShown && isOpen ? holdersOf(stage.approvers, onlooker) : [],
    areHoldersShown: isShown,
    since: stage.opensAt?.toString() ?? null,
    until: until?.toString() ?? null,
  };
}

function endedAt({ vote, isTimedOut, deadline }: Stage): Instant | null {
  if (vote !== null) return vote.takenBackAt ?? vote.at;
  return isTimedOut ? deadline : null;
}

function resultOf({ vote, isTimedOut }: Stage): TimelineStep['result'] {
  if (vote === null) return isTimedOut ? 'timedOut' : null;
  if (vote.takenBackAt !== null) return 'takenBack';
  return vote.decision === 'approve' ? 'approved' : 'denied';
}

/** The escalation of a stage that has come, or will come unless somebody decides before. */
function escalationStep(stage: Stage, onlooker: Onlooker): TimelineStep[] {
  const { escalatesAt, vote, place } = stage;
  const end = vote?.at ?? (stage.isTimedOut ? stage.deadline : null);
  const isPast = escalatesAt !== null && !isBefore(onlooker.now, escalatesAt);
  const hasCome = isPast && (place === 'current' || (end !== null && !isBefore(end, escalatesAt)));
  if (escalatesAt === null || !(hasCome || place === 'current')) return [];
  const isShown = onlooker.seesApprovers || !stage.hidesApprovers;
  return [
    {
      ...nothing,
      step: 'escalation',
      stage: stage.stage,
      state: hasCome ? 'done' : 'ahead',
      at: escalatesAt.toString(),
      holders: isShown ? holdersOf(stage.alternates, onlooker) : [],
      areHoldersShown: isShown,
    },
  ];
}

/** By name: they are kept by id, which is no order for a reader. */
function holdersOf(asked: Stage['approvers'], { nameOf }: Onlooker): TimelineStep['holders'] {
  return asked
    .map(({ userId }) => ({ id: userId, displayName: nameOf(userId) }))
    .sort((one, other) => one.displayName.localeCompare(other.displayName, 'en'));
}

function named(id: Id | null, { nameOf }: Onlooker): TimelineStep['by'] {
  return id === null ? null : { id, displayName: nameOf(id) };
}

/** Where something is that comes at an instant. */
export function placeAt(at: Instant | null, now: Instant): Place {
  return at !== null && !isBefore(now, at) ? 'done' : 'ahead';
}
