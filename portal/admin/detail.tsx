import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  detail: {
    display: 'block',
    color: tokens.colorNeutralForeground2,
    overflowWrap: 'anywhere',
  },
});

/** What is said below a name, more quietly; nothing if there is nothing to say. */
export function Detail({ text }: { readonly text: ReactNode }) {
  const styles = useStyles();
  if (text === null || text === undefined || text === '') return null;
  return (
    <Text size={200} className={styles.detail}>
      {text}
    </Text>
  );
}
