import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Offer } from '../../src/entitlements/offer/contract.ts';
import { type Collection, useGet } from '../api/queries.ts';
import { withOptions } from '../parts/picked.ts';
import { useWords } from '../words/use-words.ts';
import { OfferCard } from './offer-card.tsx';
import { offers } from './offers.ts';

const useStyles = makeStyles({
  part: { marginBottom: tokens.spacingVerticalXXL },
  title: { display: 'block', margin: `0 0 ${tokens.spacingVerticalM}` },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 300px), 1fr))',
    gap: '16px',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
});

/** What people in the same place have, or the person had. Nothing where there is nothing to suggest. */
export function Suggested({ most = 6 }: { readonly most?: number }) {
  const styles = useStyles();
  const { t } = useWords();
  const id = useId();
  const { data } = useGet<Collection<Offer>>(
    withOptions(offers, { $filter: 'isSuggested eq true', $top: String(most) }),
  );
  if (data === undefined || data.value.length === 0) return null;
  return (
    <section aria-labelledby={id} className={styles.part}>
      <Text as="h2" id={id} weight="semibold" size={400} className={styles.title}>
        {t('access.suggested')}
      </Text>
      <ul className={styles.grid}>
        {data.value.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} isSuggestion />
          </li>
        ))}
      </ul>
    </section>
  );
}
