import { Badge, makeStyles, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, CircleRegular, ClockRegular, DismissCircleFilled } from '@fluentui/react-icons';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import type { Stage } from './wire.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  stage: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  icon: { fontSize: '22px', lineHeight: 1, color: tokens.colorNeutralForeground3 },
  words: { display: 'grid', gap: '2px', minWidth: 0 },
  said: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The stages of an approval: who decided, when and why, and which is open. */
export function Stages({ stages }: { readonly stages: readonly Stage[] }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <ol className={styles.list}>
      {stages.map((stage, index) => (
        <li key={stage.id} className={styles.stage}>
          <span className={styles.icon} aria-hidden>
            <StageIcon stage={stage} />
          </span>
          <div className={styles.words}>
            <Text weight="semibold">
              {t('approvals.stage', { number: index + 1, count: stages.length })}{' '}
              {stage.assignedToMe && stage.status === 'InProgress' ? (
                <Badge appearance="tint">{t('approvals.stage.mine')}</Badge>
              ) : null}
            </Text>
            <StageResult stage={stage} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function StageResult({ stage }: { readonly stage: Stage }) {
  const styles = useStyles();
  const { t } = useWords();
  const { reviewedBy, reviewedDateTime, reviewResult, status, justification } = stage;
  if (reviewedBy === null || reviewedDateTime === null) {
    return <Text className={styles.quiet}>{t(`approvals.stage.${status}`)}</Text>;
  }
  const name = reviewedBy.displayName ?? '';
  return (
    <>
      <Text>
        {t(reviewResult.startsWith('Approve') ? 'approvals.approvedBy' : 'approvals.deniedBy', { name })},{' '}
        <Time at={reviewedDateTime} />
      </Text>
      {justification === '' ? null : <Text className={styles.said}>“{justification}”</Text>}
    </>
  );
}

function StageIcon({ stage: { reviewResult, status } }: { readonly stage: Stage }) {
  if (reviewResult.startsWith('Approve')) return <CheckmarkCircleFilled color={tokens.colorStatusSuccessForeground1} />;
  if (reviewResult.startsWith('Den')) return <DismissCircleFilled color={tokens.colorStatusDangerForeground1} />;
  return status === 'InProgress' ? <ClockRegular color={tokens.colorBrandForeground1} /> : <CircleRegular />;
}
