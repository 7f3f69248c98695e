import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkRegular } from '@fluentui/react-icons';
import type { Explanation } from '../../../src/entitlements/explain/contract.ts';
import { People } from '../../parts/people.tsx';
import { type StepEntry, StepsLine } from '../../parts/steps-line.tsx';
import { Time } from '../../parts/time.tsx';
import { useWords } from '../../words/use-words.ts';

const useStyles = makeStyles({ quiet: { color: tokens.colorNeutralForeground2 } });

/** Who will decide about a request, in which order and until when, and what comes of it. */
export function ApprovalPath({ explanation }: { readonly explanation: Explanation }) {
  const styles = useStyles();
  const { t } = useWords();
  const steps: StepEntry[] = explanation.stages.map((stage) => ({
    id: String(stage.stage),
    standing: 'ahead',
    mark: stage.stage,
    title: t('access.stage', { stage: stage.stage }),
    content: <Stage stage={stage} />,
  }));
  const end: StepEntry = {
    id: 'end',
    standing: 'done',
    mark: <CheckmarkRegular />,
    title: t('access.thenYouHaveIt'),
    content:
      explanation.endDateTime === null ? (
        <Text size={200} className={styles.quiet}>
          {t('access.noEndText')}
        </Text>
      ) : (
        <Text size={200} className={styles.quiet}>
          {t(explanation.stages.length === 0 ? 'access.endNow' : 'access.endIfNow')}{' '}
          <Time at={explanation.endDateTime} as="short" />
          {explanation.endsBecause.reason === 'eligibilityMaximum' ||
          explanation.endsBecause.reason === 'assignmentMaximum'
            ? ` (${t('access.endByPim')})`
            : ''}
          .
        </Text>
      ),
  };
  return (
    <>
      {explanation.stages.length === 0 ? <Text>{t('access.noApproval')}</Text> : null}
      <StepsLine label={t('access.whoDecides')} steps={[...steps, end]} />
    </>
  );
}

function Stage({ stage }: { readonly stage: Explanation['stages'][number] }) {
  const styles = useStyles();
  const { t, duration } = useWords();
  return (
    <>
      {stage.areApproversShown ? (
        <People label={t('access.approvers', { stage: stage.stage })} people={stage.approvers} />
      ) : (
        <Text size={200} className={styles.quiet}>
          {t('access.approversHidden')}
        </Text>
      )}
      {stage.approverSource === 'fallback' ? (
        <Text size={200} className={styles.quiet}>
          {t('access.fallback')}
        </Text>
      ) : null}
      <Text size={200} className={styles.quiet}>
        {t('access.decides', { count: stage.approvers.length, within: duration(stage.decisionTime) })}{' '}
        <Time at={stage.latestDeadline} as="short" />.
      </Text>
      {stage.latestEscalation === null || (stage.areApproversShown && stage.alternates.length === 0) ? null : (
        <>
          <Text size={200} className={styles.quiet}>
            {t('access.escalates')} <Time at={stage.latestEscalation} as="short" />:
          </Text>
          <People label={t('access.alternates')} people={stage.alternates} />
        </>
      )}
    </>
  );
}
