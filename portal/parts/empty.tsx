import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  place: {
    display: 'grid',
    justifyItems: 'center',
    gap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
    '& > svg': { fontSize: '40px', color: tokens.colorNeutralForeground3 },
  },
  text: { maxWidth: '46ch' },
});

interface Props {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What to do about it. */
  readonly text?: string;
  readonly children?: ReactNode;
}

/** Says that there is nothing yet, and what to do. */
export function Empty({ icon, title, text, children }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      {icon}
      <Text weight="semibold" size={400}>
        {title}
      </Text>
      {text === undefined ? null : <Text className={styles.text}>{text}</Text>}
      {children}
    </div>
  );
}
