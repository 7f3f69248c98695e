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
  title: { margin: 0 },
  text: { maxWidth: '46ch', textAlign: 'center' },
});

interface Props {
  readonly icon?: ReactNode;
  readonly title: string;
  /** It is all there is on the page: its title is the page's heading. */
  readonly isPage?: boolean;
  /** What to do about it. */
  readonly text?: string;
  readonly children?: ReactNode;
}

/** Says that there is nothing yet, and what to do. */
export function Empty({ icon, title, isPage = false, text, children }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      {icon}
      <Text as={isPage ? 'h1' : 'span'} weight="semibold" size={400} className={styles.title}>
        {title}
      </Text>
      {text === undefined ? null : <Text className={styles.text}>{text}</Text>}
      {children}
    </div>
  );
}
