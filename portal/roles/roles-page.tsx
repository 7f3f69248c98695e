import { KeyRegular } from '@fluentui/react-icons';
import { lazy, type ReactNode, Suspense } from 'react';
import type { HeldPrivilege } from '../../src/desk/holding/contract.ts';
import type { Privileges } from '../../src/desk/privileges/contract.ts';
import { useGet } from '../api/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { PageButton } from '../parts/page-link.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { useWords } from '../words/use-words.ts';
import { EligibleList } from './eligible-list.tsx';
import { isOfRoles } from './ended.ts';
import { keyOf } from './privilege-key.ts';
import { useEndings } from './use-endings.ts';

// The first tab comes sooner without the others.
const ActiveCard = lazy(async () => ({ default: (await import('./active-card.tsx')).ActiveCard }));
const ExpiredCard = lazy(async () => ({ default: (await import('./expired-card.tsx')).ExpiredCard }));

/** What one may activate, what is active, what has ended. */
export function RolesPage() {
  const { t } = useWords();
  const { data, error, refetch } = useGet<Privileges>('/sallyport/privileges');
  const ends = useEndings(data);
  return (
    <Page title={t('roles.title')} text={t('roles.text')}>
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined ? null : <Kinds held={data} ends={ends} />}
    </Page>
  );
}

interface KindsProps {
  readonly held: Privileges;
  /** Hears what the person ends here. */
  ends(privilege: HeldPrivilege): void;
}

function Kinds({ held, ends }: KindsProps) {
  const { t } = useWords();
  const active = held.active.filter(isOfRoles);
  return (
    <Tabs
      label={t('roles.tabs')}
      tabs={[
        {
          id: 'eligible',
          title: counted(t('roles.eligible'), held.eligible.length),
          content: () => (held.eligible.length > 0 ? <EligibleList eligible={held.eligible} /> : <NothingEligible />),
        },
        {
          id: 'active',
          title: counted(t('roles.active'), active.length),
          content: () =>
            orEmpty(
              active.map((one) => (
                <ActiveCard
                  key={keyOf(one.privilege)}
                  held={one}
                  ways={held.eligible.flatMap(({ ways }) => ways)}
                  ends={() => ends(one.privilege)}
                />
              )),
              <Empty icon={<KeyRegular />} title={t('roles.active.empty')} text={t('roles.active.emptyText')} />,
            ),
        },
        {
          id: 'expired',
          title: counted(t('roles.expired'), held.expired.length),
          content: () =>
            orEmpty(
              held.expired.map((one) => (
                <ExpiredCard key={`${keyOf(one.privilege)} ${one.mode} ${one.endDateTime}`} ended={one} />
              )),
              <Empty icon={<KeyRegular />} title={t('roles.expired.empty')} text={t('roles.expired.emptyText')} />,
            ),
        },
      ]}
    />
  );
}

function NothingEligible() {
  const { t } = useWords();
  return (
    <Empty icon={<KeyRegular />} title={t('roles.eligible.empty')} text={t('roles.eligible.emptyText')}>
      <PageButton to="/packages" appearance="primary">
        {t('roles.eligible.find')}
      </PageButton>
    </Empty>
  );
}

function counted(title: string, count: number): string {
  return count === 0 ? title : `${title} (${count})`;
}

function orEmpty(items: readonly ReactNode[], empty: ReactNode): ReactNode {
  return items.length > 0 ? <Suspense fallback={<Loading />}>{items}</Suspense> : empty;
}
