import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { BoxSearchRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import type { Offer } from '../../src/entitlements/offer/contract.ts';
import { usePages } from '../api/queries.ts';
import { Cards } from '../parts/cards.tsx';
import { Empty } from '../parts/empty.tsx';
import { Filters } from '../parts/filters.tsx';
import { withOptions } from '../parts/picked.ts';
import { SearchField } from '../parts/search-field.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../words/use-words.ts';
import { OfferCard } from './offer-card.tsx';
import { offers } from './offers.ts';
import { Suggested } from './suggested.tsx';

const useStyles = makeStyles({
  title: { display: 'block', margin: `0 0 ${tokens.spacingVerticalM}` },
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
      $filter: 'isRequestable eq true or isForOthers eq true',
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
