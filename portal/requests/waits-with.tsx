import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Timeline } from '../../src/desk/timeline/contract.ts';
import { useGet } from '../api/queries.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  names: { display: 'block', color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

/** Who has a waiting request now, by name, below how it stands in a list. Nothing where nobody has it, or it is not shown. */
export function WaitsWith({ requestId }: { readonly requestId: string }) {
  const styles = useStyles();
  const { t, intl } = useWords();
  const { data } = useGet<Timeline>(`/sallyport/assignmentRequests/${requestId}/timeline`);
  const holders = data?.steps.find(({ state }) => state === 'current')?.holders ?? [];
  if (holders.length === 0) return null;
  const names = intl.formatList(
    holders.map(({ displayName }) => displayName),
    { type: 'disjunction' },
  );
  return (
    <Text size={200} className={styles.names}>
      {t('access.now.names', { names })}
    </Text>
  );
}
