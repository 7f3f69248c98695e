import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { PersonClockRegular } from '@fluentui/react-icons';
import type { Timeline, TimelineStep } from '../../src/desk/timeline/contract.ts';
import { People } from '../parts/people.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  place: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalL,
    alignItems: 'center',
    marginBottom: tokens.spacingVerticalXL,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    backgroundColor: tokens.colorBrandBackground2,
  },
  icon: { fontSize: '32px', lineHeight: 1, color: tokens.colorBrandForeground2 },
  words: { display: 'grid', gap: tokens.spacingVerticalXS, flexGrow: 1, minWidth: 'min(100%, 220px)' },
  title: { margin: 0 },
  times: { display: 'grid', gap: tokens.spacingVerticalXXS },
});

/** Who has a request now, since when and until when, and what comes next. Nothing where nobody has it. */
export function NowWith({ timeline, isOwn }: { readonly timeline: Timeline; readonly isOwn: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const step = timeline.steps.find(({ state }) => state === 'current');
  if (step === undefined) return null;
  return (
    <section className={styles.place} aria-label={t('access.now')}>
      <span className={styles.icon} aria-hidden>
        <PersonClockRegular />
      </span>
      <div className={styles.words}>
        <Text as="h2" weight="semibold" size={400} className={styles.title}>
          {step.step === 'start'
            ? t('access.now.start')
            : t(isOwn ? 'access.now.with' : 'access.now.theirsWith', {
                count: step.holders.length,
                name: timeline.target.displayName,
              })}
        </Text>
        {step.holders.length > 0 ? (
          <People label={t('access.now')} people={step.holders} />
        ) : (
          <Text>{t(step.areHoldersShown ? 'access.now.nobody' : 'access.approversHidden')}</Text>
        )}
      </div>
      <div className={styles.times}>
        {step.since === null ? null : (
          <Text>
            {t('access.since')} <Time at={step.since} as="short" />
          </Text>
        )}
        {step.until === null ? null : (
          <Text>
            {t('access.decidedUntil')} <Time at={step.until} as="short" /> · <Time at={step.until} as="left" />
          </Text>
        )}
        <Next next={step.next} steps={timeline.steps} />
      </div>
    </section>
  );
}

function Next({ next, steps }: { readonly next: TimelineStep['next']; readonly steps: readonly TimelineStep[] }) {
  const { t } = useWords();
  if (next === null) return null;
  if (next !== 'stage') return <Text>{t(next === 'start' ? 'access.next.start' : 'access.next.delivery')}</Text>;
  const ahead = steps.find(({ step, state }) => step === 'stage' && state === 'ahead');
  const names = (ahead?.holders ?? []).map(({ displayName }) => displayName);
  return <NextStage stage={ahead?.stage ?? 0} names={names} />;
}

function NextStage({ stage, names }: { readonly stage: number; readonly names: readonly string[] }) {
  const { t, intl } = useWords();
  if (names.length === 0) return <Text>{t('access.next.stage', { stage })}</Text>;
  return <Text>{t('access.next.stageWith', { stage, names: intl.formatList(names, { type: 'disjunction' }) })}</Text>;
}
