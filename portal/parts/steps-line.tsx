import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  step: {
    display: 'grid',
    gridTemplateColumns: '32px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalM,
    position: 'relative',
    paddingBottom: tokens.spacingVerticalL,
    // The line to the next step.
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '15px',
      top: '32px',
      bottom: 0,
      borderLeft: `2px solid ${tokens.colorNeutralStroke2}`,
    },
    ':last-child': { paddingBottom: 0 },
    ':last-child::before': { display: 'none' },
  },
  mark: {
    display: 'grid',
    placeItems: 'center',
    width: '32px',
    height: '32px',
    boxSizing: 'border-box',
    borderRadius: tokens.borderRadiusCircular,
    fontSize: '18px',
    fontWeight: tokens.fontWeightSemibold,
  },
  ahead: {
    border: `2px solid ${tokens.colorNeutralStroke1}`,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  now: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand },
  done: { backgroundColor: tokens.colorPaletteGreenBackground2, color: tokens.colorPaletteGreenForeground2 },
  bad: { backgroundColor: tokens.colorPaletteRedBackground2, color: tokens.colorPaletteRedForeground2 },
  quiet: { backgroundColor: tokens.colorNeutralBackground4, color: tokens.colorNeutralForeground2 },
  words: { display: 'grid', gap: tokens.spacingVerticalXS, alignContent: 'start', paddingTop: '5px', minWidth: 0 },
  title: { display: 'block' },
});

/** How a step stands: to come, on now, done, ended badly, ended otherwise. */
export type StepStanding = 'ahead' | 'now' | 'done' | 'bad' | 'quiet';

/** A step on the way of something. */
export interface StepEntry {
  readonly id: string;
  readonly standing: StepStanding;
  /** An icon or a number. */
  readonly mark: ReactNode;
  readonly title: string;
  readonly content?: ReactNode;
}

/** The way of something, step by step, from above to below. */
export function StepsLine({ label, steps }: { readonly label: string; readonly steps: readonly StepEntry[] }) {
  const styles = useStyles();
  return (
    <ol className={styles.list} aria-label={label}>
      {steps.map(({ id, standing, mark, title, content }) => (
        <li key={id} className={styles.step} aria-current={standing === 'now' ? 'step' : undefined}>
          <span className={mergeClasses(styles.mark, styles[standing])} aria-hidden>
            {mark}
          </span>
          <div className={styles.words}>
            <Text weight={standing === 'now' ? 'bold' : 'semibold'} className={styles.title}>
              {title}
            </Text>
            {content}
          </div>
        </li>
      ))}
    </ol>
  );
}
