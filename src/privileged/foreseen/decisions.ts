import type { Outcome, Refusal } from '../../kernel/outcome.ts';
import { earliest, type Instant } from '../../kernel/time.ts';
import { evaluate, type Lack, lacking, type Requirements } from '../../requirement/index.ts';
import { activationRequirements, longestActivation } from '../policy/requirements.ts';
import {
  type Activation,
  type ActivationFacts,
  decideActivation,
  type Evidence,
  requestFacts,
} from '../request/decisions.ts';
import { readSchedule } from '../request/schedule.ts';

/** What an activation would come to, if it were asked for now and for as long as the rules allow. */
export interface ForeseenActivation {
  readonly requirements: Requirements;
  /** What the request has to bring and the caller does not bring by having signed in. */
  readonly unmet: readonly Lack[];
  /** What stands in the way whatever the request brings; null for nothing. */
  readonly blocker: Refusal | null;
  readonly needsApproval: boolean;
  readonly maximumDuration: Temporal.Duration;
  /** When it would end: with what it hangs on, or by the rules; null where it could not be given at all. */
  readonly endsAt: Instant | null;
}

/**
 * Foresees an activation by the functions that decide about it. What the request has to bring is told apart, so that a
 * person can be asked for it; all the rest either stands in the way or does not.
 */
export function foreseeActivation(evidence: Evidence, facts: ActivationFacts, now: Instant): ForeseenActivation {
  const requirements = activationRequirements(facts.rules, facts.isContextPublished);
  const maximumDuration = longestActivation(facts.rules);
  const decided = decidedAbout(facts, requirements, maximumDuration, now);
  const activation = decided.is === 'accepted' ? decided.value : null;
  const path = facts.paths[0];
  const window = activation?.window ?? { from: now, until: now };
  const demanded = { ...requirements, eligibility: false, expiration: false, maximumDuration: null, approval: false };
  return {
    requirements,
    unmet: lacking(evaluate(demanded, requestFacts(evidence, window, path !== undefined))),
    blocker: decided.is === 'refused' ? decided.refusal : null,
    needsApproval: requirements.approval,
    maximumDuration,
    endsAt: activation === null ? null : earliest(activation.window.until, activation.path.until),
  };
}

/** The decision about a request that brings all that can be brought. */
function decidedAbout(
  facts: ActivationFacts,
  { authenticationContext }: Requirements,
  maximumDuration: Temporal.Duration,
  now: Instant,
): Outcome<Activation> {
  const schedule = readSchedule({ expiration: { type: 'afterDuration', duration: maximumDuration.toString() } });
  if (schedule.is === 'refused') return schedule;
  const contexts = authenticationContext === null ? [] : [authenticationContext];
  const evidence = { hasMfa: true, contexts, justification: '-', ticketNumber: '-' };
  return decideActivation(schedule.value, evidence, facts, now);
}
