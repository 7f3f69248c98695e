import type { TimelineStep } from '../../src/desk/timeline/contract.ts';
import type { StepStanding } from '../parts/steps-line.tsx';
import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';

/** How a step of a request is shown. */
export function standingOf({ step, state, result }: TimelineStep): StepStanding {
  if (state === 'current') return 'now';
  if (state === 'ahead') return 'ahead';
  if (result === 'denied' || result === 'timedOut' || result === 'takenBack' || result === 'failed') return 'bad';
  if (state === 'skipped') return 'quiet';
  return step === 'canceled' || step === 'end' || step === 'removal' ? 'quiet' : 'done';
}

/** Whether a step is told: what does not begin has no start and no end. */
export function isTold({ step, state }: TimelineStep): boolean {
  return state !== 'skipped' || (step !== 'start' && step !== 'end');
}

/** What a step of a request is called, as it stands. */
export function useStepTitle() {
  const { t } = useWords();
  return (step: TimelineStep): string => t(titleOf(step), { stage: step.stage ?? 0, name: step.by?.displayName ?? '' });
}

function titleOf(step: TimelineStep): MessageKey {
  switch (step.step) {
    case 'submitted':
      return step.by === null ? 'access.step.submitted' : 'access.step.submittedBy';
    case 'stage':
      return stageTitle(step);
    case 'escalation':
      return step.state === 'done' ? 'access.step.escalated' : 'access.step.escalates';
    case 'administrator':
      return 'access.step.administrator';
    case 'canceled':
      return 'access.step.canceled';
    case 'start':
      return 'access.step.start';
    case 'delivery':
      if (step.result === 'failed') return 'access.step.failed';
      if (step.state === 'skipped') return 'access.step.notDelivered';
      return step.state === 'done' ? 'access.step.delivered' : 'access.step.delivery';
    case 'removal':
      return 'access.step.removal';
    case 'end':
      return step.state === 'done' ? 'access.step.ended' : 'access.step.end';
    default:
      return step.step satisfies never;
  }
}

function stageTitle({ state, result, by }: TimelineStep): MessageKey {
  switch (result) {
    case 'approved':
      return by === null ? 'access.step.approved' : 'access.step.approvedBy';
    case 'denied':
      return by === null ? 'access.step.denied' : 'access.step.deniedBy';
    case 'takenBack':
      return by === null ? 'access.step.takenBack' : 'access.step.takenBackBy';
    case 'timedOut':
      return 'access.step.timedOut';
    default:
      if (state === 'current') return 'access.step.waits';
      return state === 'skipped' ? 'access.step.notReached' : 'access.step.stage';
  }
}
