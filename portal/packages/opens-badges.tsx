import { Badge, makeStyles, tokens } from '@fluentui/react-components';
import { KeyRegular, PeopleTeamRegular } from '@fluentui/react-icons';
import type { Offer } from '../../src/entitlements/offer/contract.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalXS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  item: { minWidth: 0, maxWidth: '100%' },
  badge: { maxWidth: '100%', height: 'auto', minHeight: '24px', overflowWrap: 'anywhere', whiteSpace: 'normal' },
});

/** How many are named before the rest is only counted. */
const named = 4;

/** What a package leads to, in a line: roles first, and which of them are privileged. */
export function OpensBadges({ opens }: { readonly opens: Offer['opens'] }) {
  const styles = useStyles();
  const { t } = useWords();
  if (opens.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t('access.opens')}>
      {opens.slice(0, named).map(({ id, kind, displayName, isPrivileged }) => (
        <li key={id} className={styles.item}>
          <Badge
            size="large"
            appearance="tint"
            color={isPrivileged ? 'severe' : 'brand'}
            className={styles.badge}
            icon={kind === 'role' ? <KeyRegular aria-hidden /> : <PeopleTeamRegular aria-hidden />}
          >
            {displayName}
          </Badge>
        </li>
      ))}
      {opens.length > named ? (
        <li>
          <Badge size="large" appearance="outline">
            {t('access.opensMore', { count: opens.length - named })}
          </Badge>
        </li>
      ) : null}
    </ul>
  );
}
