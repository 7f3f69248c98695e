import { Badge, makeStyles } from '@fluentui/react-components';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  badge: { justifySelf: 'start' },
});

/** Says that a role is privileged: it looks the same wherever it stands. */
export function PrivilegedBadge() {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <Badge appearance="tint" color="severe" className={styles.badge}>
      {t('parts.privileged')}
    </Badge>
  );
}
