import { BoxRegular } from '@fluentui/react-icons';
import type { Overview } from '../../src/desk/overview/contract.ts';
import { Section } from '../parts/page.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { Entries, Entry } from './entries.tsx';

const shown = 5;

/** The packages that the person has, what ends first first. */
export function EndingSoon({ packages }: Pick<Overview, 'packages'>) {
  const { t } = useWords();
  if (packages.length === 0) return null;
  return (
    <Section
      title={t('overview.packages')}
      actions={
        <PageLink to="/packages" search={{ tab: 'active' } as never}>
          {t('overview.all', { count: packages.length })}
        </PageLink>
      }
    >
      <Entries label={t('overview.packages')}>
        {packages
          .toSorted(firstToEnd)
          .slice(0, shown)
          .map(({ assignmentId, accessPackage, endDateTime }) => (
            <Entry
              key={assignmentId}
              face={<BoxRegular />}
              name={accessPackage.displayName}
              to={`/packages/${accessPackage.id}`}
              detail={endDateTime === null ? t('access.noEnd') : <Time at={endDateTime} as="left" />}
            />
          ))}
      </Entries>
    </Section>
  );
}

type Held = Overview['packages'][number];

function firstToEnd({ endDateTime: one }: Held, { endDateTime: other }: Held): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return one.localeCompare(other);
}
