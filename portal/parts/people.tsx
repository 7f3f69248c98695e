import { Avatar, makeStyles, Text, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  person: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minWidth: 0 },
  name: { overflowWrap: 'anywhere' },
});

/** Somebody by name, with a face. */
export function Person({ name, size = 20 }: { readonly name: string; readonly size?: 20 | 28 | 32 }) {
  const styles = useStyles();
  return (
    <span className={styles.person}>
      <Avatar name={name} size={size} color="colorful" aria-hidden />
      <Text className={styles.name}>{name}</Text>
    </span>
  );
}

interface Props {
  /** Who they are, for those who hear the list. */
  readonly label: string;
  readonly people: readonly { readonly id: string; readonly displayName: string }[];
}

/** Several people by name. */
export function People({ label, people }: Props) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {people.map(({ id, displayName }) => (
        <li key={id}>
          <Person name={displayName} />
        </li>
      ))}
    </ul>
  );
}
