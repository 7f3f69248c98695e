import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useWords } from '../../../words/use-words.ts';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL, overflowWrap: 'anywhere' },
});

interface Props {
  readonly failures: readonly { readonly name: string; readonly message: string }[];
}

/** Of several, for whom it was refused and why; of one alone, the refusal itself says it. */
export function Failures({ failures }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  if (failures.length < 2) return null;
  return (
    <div role="alert">
      <Text weight="semibold">{t('assignments.failed', { count: failures.length })}</Text>
      <ul className={styles.list}>
        {failures.map(({ name, message }) => (
          <li key={name}>
            {name}: {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
