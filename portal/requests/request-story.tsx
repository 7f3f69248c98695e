import { makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  AlertRegular,
  ArrowUndoRegular,
  CheckmarkRegular,
  ClockRegular,
  DismissRegular,
  DocumentRegular,
  HourglassRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { Timeline, TimelineStep } from '../../src/desk/timeline/contract.ts';
import { useEndCause } from '../packages/end-cause.ts';
import { People } from '../parts/people.tsx';
import { StepsLine } from '../parts/steps-line.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { isTold, standingOf, useStepTitle } from './story-words.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
});

/** The way of a request, from its making to what came of it and what is to come. */
export function RequestStory({ timeline }: { readonly timeline: Timeline }) {
  const { t } = useWords();
  const titleOf = useStepTitle();
  return (
    <StepsLine
      label={t('access.story')}
      steps={timeline.steps.filter(isTold).map((step, index) => ({
        id: `${step.step} ${step.stage ?? ''} ${index}`,
        standing: standingOf(step),
        mark: markOf(step),
        title: titleOf(step),
        content: <Told step={step} />,
      }))}
    />
  );
}

function markOf({ step, stage, state, result }: TimelineStep): ReactNode {
  if (result === 'timedOut') return <HourglassRegular />;
  if (state === 'skipped') return <SubtractRegular />;
  if (state === 'current') return <ClockRegular />;
  if (result === 'denied' || result === 'failed') return <DismissRegular />;
  if (result === 'takenBack') return <ArrowUndoRegular />;
  if (step === 'submitted') return <DocumentRegular />;
  if (step === 'escalation') return <AlertRegular />;
  if (step === 'canceled') return <DismissRegular />;
  if (step === 'end') return <HourglassRegular />;
  return state === 'ahead' && stage !== null ? stage : <CheckmarkRegular />;
}

/** When, why, and who has it. */
function Told({ step }: { readonly step: TimelineStep }) {
  const styles = useStyles();
  const causeOf = useEndCause();
  const { state, justification, cause } = step;
  return (
    <>
      <At step={step} />
      {cause === null || state !== 'done' ? null : (
        <Text size={200} className={styles.quiet}>
          {causeOf(cause)}
        </Text>
      )}
      {isOpen(step) ? <Holders step={step} /> : null}
      {justification === null || justification === '' ? null : <Text className={styles.said}>“{justification}”</Text>}
    </>
  );
}

function isOpen({ state }: TimelineStep): boolean {
  return state === 'current' || state === 'ahead';
}

function At({ step }: { readonly step: TimelineStep }) {
  const styles = useStyles();
  if (step.at === null) return null;
  return (
    <Text size={200} className={styles.quiet}>
      <Time at={step.at} as="short" />
      {isOpen(step) ? (
        <>
          {' · '}
          <Time at={step.at} />
        </>
      ) : null}
    </Text>
  );
}

/** Who has it or will be asked, and until when. */
function Holders({ step: { stage, state, holders, areHoldersShown, since, until } }: { readonly step: TimelineStep }) {
  const styles = useStyles();
  const { t } = useWords();
  const isCurrent = state === 'current';
  return (
    <>
      {holders.length === 0 ? null : (
        <People label={stage === null ? t('access.holders') : t('access.approvers', { stage })} people={holders} />
      )}
      {areHoldersShown ? null : (
        <Text size={200} className={styles.quiet}>
          {t('access.approversHidden')}
        </Text>
      )}
      {isCurrent && since !== null ? (
        <Text size={200} className={styles.quiet}>
          {t('access.since')} <Time at={since} as="short" />
        </Text>
      ) : null}
      {until === null ? null : (
        <Text size={200} className={styles.quiet}>
          {t(isCurrent ? 'access.decidedUntil' : 'access.latest')} <Time at={until} as="short" />
        </Text>
      )}
    </>
  );
}
