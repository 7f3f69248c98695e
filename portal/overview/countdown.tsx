import { makeStyles, ProgressBar, tokens } from '@fluentui/react-components';
import { Time } from '../parts/time.tsx';
import { useNow } from '../shell/now.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({ place: { display: 'grid', gap: tokens.spacingVerticalXS } });

interface Props {
  readonly from: string;
  /** Null for never. */
  readonly until: string | null;
}

/** How much is left of something, in words and as a bar that empties. */
export function Countdown({ from, until }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const now = useNow();
  if (until === null) return <Time at={null} />;
  const [start, end] = [Date.parse(from), Date.parse(until)];
  const left = Math.min(1, Math.max(0, (end - now) / Math.max(1, end - start)));
  return (
    <span className={styles.place}>
      <Time at={until} as="left" />
      <ProgressBar
        value={left}
        color={left < 0.1 ? 'warning' : 'brand'}
        aria-label={t('overview.leftOf')}
        aria-valuetext={t('overview.percentLeft', { percent: Math.round(left * 100) })}
      />
    </span>
  );
}
