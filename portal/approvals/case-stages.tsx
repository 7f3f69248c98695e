import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  ArrowUndoRegular,
  CheckmarkRegular,
  ClockRegular,
  DismissRegular,
  HourglassRegular,
  SubtractRegular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { ApprovalCase, ApprovalStageSeen } from '../../src/desk/approvals/contract.ts';
import { People } from '../parts/people.tsx';
import { type StepStanding, StepsLine } from '../parts/steps-line.tsx';
import { Time } from '../parts/time.tsx';
import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  said: { overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' },
  mine: { justifySelf: 'start' },
});

/** The stages of an approval: who decided, when and why; who has it now and until when; who comes next. */
export function CaseStages({ of }: { readonly of: ApprovalCase }) {
  const { t } = useWords();
  return (
    <StepsLine
      label={t('approvals.case.history')}
      steps={of.stages.map((stage) => ({
        id: stage.id,
        standing: standingOf(stage),
        mark: markOf(stage),
        title: t(titleOf(stage), { stage: stage.stage, name: stage.decision?.by.displayName ?? '' }),
        content: <Told stage={stage} isMine={of.mayDecide.isPossible && stage.state === 'current'} />,
      }))}
    />
  );
}

function standingOf({ state, isTimedOut, decision }: ApprovalStageSeen): StepStanding {
  if (isTimedOut || decision?.decision === 'deny' || (decision !== null && decision.takenBack !== null)) return 'bad';
  if (state === 'current') return 'now';
  if (state === 'skipped') return 'quiet';
  return state === 'done' ? 'done' : 'ahead';
}

function markOf({ stage, state, isTimedOut, decision }: ApprovalStageSeen): ReactNode {
  if (isTimedOut) return <HourglassRegular />;
  if (decision !== null && decision.takenBack !== null) return <ArrowUndoRegular />;
  if (decision !== null) return decision.decision === 'approve' ? <CheckmarkRegular /> : <DismissRegular />;
  if (state === 'skipped') return <SubtractRegular />;
  return state === 'current' ? <ClockRegular /> : stage;
}

function titleOf({ state, isTimedOut, decision }: ApprovalStageSeen): MessageKey {
  if (isTimedOut) return 'access.step.timedOut';
  if (decision !== null && decision.takenBack !== null) return 'access.step.takenBackBy';
  if (decision !== null) return decision.decision === 'approve' ? 'access.step.approvedBy' : 'access.step.deniedBy';
  if (state === 'skipped') return 'access.step.notReached';
  return state === 'current' ? 'access.step.waits' : 'access.step.stage';
}

function Told({ stage, isMine }: { readonly stage: ApprovalStageSeen; readonly isMine: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const { decision, deadline, isTimedOut } = stage;
  if (decision !== null) return <Decided decision={decision} />;
  if (stage.state === 'skipped') return null;
  return (
    <>
      {isMine ? (
        <Badge appearance="tint" className={styles.mine}>
          {t('approvals.mine')}
        </Badge>
      ) : null}
      {isTimedOut && deadline !== null ? (
        <Text size={200} className={styles.quiet}>
          <Time at={deadline} as="short" />
        </Text>
      ) : null}
      <Askeds stage={stage} />
      {isTimedOut || deadline === null ? null : (
        <Text size={200} className={styles.quiet}>
          {t(stage.state === 'current' ? 'access.decidedUntil' : 'access.latest')} <Time at={deadline} as="short" />
        </Text>
      )}
    </>
  );
}

function Decided({ decision }: { readonly decision: NonNullable<ApprovalStageSeen['decision']> }) {
  const styles = useStyles();
  const { t } = useWords();
  const { decidedDateTime, justification, takenBack, by } = decision;
  return (
    <>
      {takenBack === null ? null : (
        <Text size={200} className={styles.quiet}>
          <Time at={takenBack.at} as="short" />
        </Text>
      )}
      {takenBack === null ? null : <Text className={styles.said}>“{takenBack.reason}”</Text>}
      <Text size={200} className={styles.quiet}>
        {takenBack === null ? null : `${t('approvals.before', { name: by.displayName })} `}
        <Time at={decidedDateTime} as="short" />
      </Text>
      {justification === '' ? null : <Text className={styles.said}>“{justification}”</Text>}
    </>
  );
}

/** Who decides it, and who else from when on. */
function Askeds({ stage: { stage, approvers, escalation } }: { readonly stage: ApprovalStageSeen }) {
  const styles = useStyles();
  const { t } = useWords();
  const isAlternate = ({ source }: (typeof approvers)[number]) => source.startsWith('alternate');
  const [primary, alternates] = [approvers.filter((one) => !isAlternate(one)), approvers.filter(isAlternate)];
  const standsIn = primary.some(({ source }) => source === 'fallback');
  return (
    <>
      <People label={t('access.approvers', { stage })} people={primary} />
      {standsIn ? (
        <Text size={200} className={styles.quiet}>
          {t('access.fallback')}
        </Text>
      ) : null}
      {escalation === null && alternates.length === 0 ? null : (
        <>
          <Text size={200} className={styles.quiet}>
            {t('approvals.escalates')}
            {escalation === null ? null : (
              <>
                {' '}
                <Time at={escalation} as="short" />
              </>
            )}
          </Text>
          {alternates.length === 0 ? null : (
            <People label={`${t('access.alternates')} (${t('access.stage', { stage })})`} people={alternates} />
          )}
        </>
      )}
    </>
  );
}
