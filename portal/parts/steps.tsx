import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, ErrorCircleFilled } from '@fluentui/react-icons';
import { useWords } from '../words/use-words.ts';

/** Heard, not seen. */
const hidden = {
  position: 'absolute',
  width: '1px',
  height: '1px',
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
} as const;

const useStyles = makeStyles({
  hidden,
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalXS}`,
    listStyleType: 'none',
    margin: 0,
    marginBottom: tokens.spacingVerticalL,
    padding: 0,
    // Where there is no room for the names, only the one of the step itself is told.
    '@media (max-width: 640px)': { '& button:not([aria-current]) [data-name]': hidden },
  },
  step: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minHeight: '36px',
    minWidth: '36px',
    paddingInline: tokens.spacingHorizontalS,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground2,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  current: { color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  number: {
    display: 'grid',
    placeItems: 'center',
    width: '22px',
    height: '22px',
    flexShrink: 0,
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    fontSize: tokens.fontSizeBase200,
    boxSizing: 'border-box',
  },
  numberCurrent: {
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    border: 'none',
  },
  done: { fontSize: '22px', color: tokens.colorPaletteGreenForeground1 },
  wrong: { fontSize: '22px', color: tokens.colorPaletteRedForeground1 },
});

/** One step of a longer form. */
export interface StepEntry {
  readonly id: string;
  readonly title: string;
  /** `wrong`: something in it has to be put right. */
  readonly state: 'open' | 'done' | 'wrong';
}

interface Props {
  /** What the steps lead to. */
  readonly label: string;
  readonly steps: readonly StepEntry[];
  readonly current: string;
  go(id: string): void;
}

/** Where somebody is in a longer form, and the way to any of its steps. */
export function Steps({ label, steps, current, go }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <nav aria-label={label}>
      <ol className={styles.list}>
        {steps.map(({ id, title, state }, index) => {
          const isCurrent = id === current;
          return (
            <li key={id}>
              <button
                type="button"
                className={mergeClasses(styles.step, isCurrent ? styles.current : undefined)}
                aria-current={isCurrent ? 'step' : undefined}
                onClick={() => go(id)}
              >
                <StepMark number={index + 1} state={state} isCurrent={isCurrent} />
                <Text as="span" data-name="" weight={isCurrent ? 'semibold' : 'regular'}>
                  {title}
                </Text>
                {state === 'open' ? null : <span className={styles.hidden}>{t(`parts.step.${state}`)}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

interface MarkProps {
  readonly number: number;
  readonly state: StepEntry['state'];
  readonly isCurrent: boolean;
}

function StepMark({ number, state, isCurrent }: MarkProps) {
  const styles = useStyles();
  if (state === 'wrong') return <ErrorCircleFilled className={styles.wrong} />;
  if (state === 'done' && !isCurrent) return <CheckmarkCircleFilled className={styles.done} />;
  return <span className={mergeClasses(styles.number, isCurrent ? styles.numberCurrent : undefined)}>{number}</span>;
}
