import { makeStyles, Spinner } from '@fluentui/react-components';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({ place: { display: 'grid', placeItems: 'center', minHeight: '160px' } });

/** Says that something is on its way. */
export function Loading() {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <div className={styles.place}>
      <Spinner size="small" label={t('shell.loading')} aria-label={t('shell.loading')} delay={200} />
    </div>
  );
}
