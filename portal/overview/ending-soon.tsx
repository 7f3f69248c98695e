import { BoxRegular } from '@fluentui/react-icons';
import type { Offer } from '../../src/entitlements/offer/contract.ts';
import { type Collection, useGet } from '../api/queries.ts';
import { offers } from '../packages/offers.ts';
import { Section } from '../parts/page.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { withOptions } from '../parts/picked.ts';
import { RefusalNote } from '../parts/step-up.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { Entries, Entry } from './entries.tsx';

const shown = 5;

/** The packages that the person has, what ends first first. */
export function EndingSoon() {
  const { t } = useWords();
  const { data, error } = useGet<Collection<Offer>>(
    withOptions(offers, {
      $filter: 'held/endDateTime ne null',
      $orderby: 'held/endDateTime',
      $top: String(shown),
      $count: 'true',
    }),
  );
  if (error !== null) return <RefusalNote error={error} />;
  if (data === undefined || data.value.length === 0) return null;
  return (
    <Section
      title={t('overview.packages')}
      actions={
        <PageLink to="/packages" search={{ tab: 'active' } as never}>
          {t('overview.all', { count: data['@odata.count'] ?? data.value.length })}
        </PageLink>
      }
    >
      <Entries label={t('overview.packages')}>
        {data.value.map(({ id, displayName, held }) => (
          <Entry
            key={id}
            face={<BoxRegular />}
            name={displayName}
            to={`/packages/${id}`}
            detail={<Time at={held?.endDateTime ?? null} as="left" />}
          />
        ))}
      </Entries>
    </Section>
  );
}
