import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { BoxSearchRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { Offer } from '../../src/entitlements/offer/contract.ts';
import { type Collection, useGet, usePages } from '../api/queries.ts';
import { Cards } from '../parts/cards.tsx';
import { Empty } from '../parts/empty.tsx';
import { Filters } from '../parts/filters.tsx';
import { withOptions } from '../parts/picked.ts';
import { SearchField } from '../parts/search-field.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../words/use-words.ts';
import { OfferCard } from './offer-card.tsx';

/** Where packages are as the person sees them. */
export const offers = '/sallyport/accessPackages';

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

/** What may be asked for: what is usual first, then everything, as far as somebody looks. */
export function Available() {
  const styles = useStyles();
  const { t } = useWords();
  const address = useAddress();
  const search = address.get('q');
  const id = useId();
  const pages = usePages<Offer>(
    withOptions(offers, {
      $count: 'true',
      $top: '48',
      $filter: 'isRequestable eq true',
      $search: search === '' ? '' : `"${search.replaceAll('"', '')}"`,
    }),
  );
  return (
    <>
      <Filters>
        <SearchField label={t('access.search')} value={search} change={(q) => address.set({ q })} />
      </Filters>
      {search === '' ? <Suggested /> : null}
      <section aria-labelledby={id}>
        <Text as="h2" id={id} weight="semibold" size={400} className={styles.title}>
          {t(search === '' ? 'access.all' : 'access.found')}
        </Text>
        <Cards
          label={t('access.all')}
          pages={pages}
          keyOf={({ id: packageId }) => packageId}
          card={(offer) => <OfferCard offer={offer} />}
          empty={
            <Empty
              icon={<BoxSearchRegular />}
              title={t(search === '' ? 'access.none' : 'access.noneFound')}
              text={t(search === '' ? 'access.noneText' : 'access.noneFoundText')}
            />
          }
        />
      </section>
    </>
  );
}

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
