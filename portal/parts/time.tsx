import { makeStyles, Tooltip, tokens } from '@fluentui/react-components';
import { useNow } from '../shell/now.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  time: {
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface Props {
  /** An instant; null for never. */
  readonly at: string | null;
  /** `relative`: "in 3 h 12 min"; `left`: "3 h 12 min left", to the second near its end; `short`: "25 Nov, 14:03". */
  readonly as?: 'relative' | 'left' | 'short';
}

/** An instant in words, exact on hover and to screen readers. Counts on by governance time. */
export function Time({ at, as = 'relative' }: Props) {
  const styles = useStyles();
  const { t, exactly } = useWords();
  if (at === null) return <span>{t('parts.time.permanent')}</span>;
  return (
    <Tooltip content={exactly(at)} relationship="description" withArrow>
      <time dateTime={at} className={styles.time}>
        {as === 'short' ? <Short at={at} /> : <Counting at={at} isLeft={as === 'left'} />}
      </time>
    </Tooltip>
  );
}

function Short({ at }: { readonly at: string }) {
  return useWords().shortly(at);
}

function Counting({ at, isLeft }: { readonly at: string; readonly isLeft: boolean }) {
  const { t, length } = useWords();
  const ahead = Date.parse(at) - useNow();
  const away = wholeMinutes(Math.abs(ahead));
  if (isLeft) return ahead > 0 ? t('parts.time.left', { duration: length(ahead) }) : t('parts.time.ended');
  if (Math.abs(ahead) < 1000) return t('parts.time.now');
  return ahead > 0
    ? t('parts.time.in', { duration: length(away, 'after') })
    : t('parts.time.ago', { duration: length(away, 'after') });
}

/** Nobody reads on a page to the second what is minutes away. */
function wholeMinutes(milliseconds: number): number {
  return milliseconds < 60_000 ? milliseconds : Math.floor(milliseconds / 60_000) * 60_000;
}
