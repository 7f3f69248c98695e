import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { PeopleRegular } from '@fluentui/react-icons';
import type { PackageContents } from '../../../src/entitlements/contents/contract.ts';
import { type Collection, eventual, useGet } from '../../api/queries.ts';
import { ContentsPicture } from '../../packages/contents-picture.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { Time } from '../../parts/time.tsx';
import { useWords } from '../../words/use-words.ts';
import { entitlements, type WholePackage } from '../wire.ts';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))',
    columnGap: tokens.spacingHorizontalXL,
    alignItems: 'start',
  },
});

/** What a package is, what it opens, and how much there is of it. */
export function OverviewTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const styles = useStyles();
  const { t } = useWords();
  const { id, catalog, isHidden, createdDateTime, modifiedDateTime } = accessPackage;
  const { data: contents, error, refetch } = useGet<PackageContents>(`/sallyport/accessPackages/${id}/contents`);
  const assigned = useCount(`/sallyport/assignments`, `accessPackageId eq ${literal(id)} and state eq 'delivered'`);
  const waiting = useCount(
    `${entitlements}/assignmentRequests`,
    `accessPackage/id eq ${literal(id)} and state eq 'pendingApproval'`,
  );
  return (
    <>
      <Section title={t('packages-admin.opens')}>
        {contents === undefined ? (
          error === null ? (
            <Loading />
          ) : (
            <ErrorNote error={error} retry={() => void refetch()} />
          )
        ) : (
          <Opened contents={contents} />
        )}
      </Section>
      <div className={styles.columns}>
        <Section title={t('packages-admin.facts')}>
          <Facts
            facts={[
              [
                t('packages-admin.catalog'),
                <PageLink key="catalog" to={`/admin/catalogs/${catalog.id}`}>
                  {catalog.displayName}
                </PageLink>,
              ],
              [t('packages-admin.visible'), t(isHidden ? 'packages-admin.hidden' : 'packages-admin.shown')],
              [t('catalogs.created'), <Time key="created" at={createdDateTime} />],
              [t('packages-admin.modified'), <Time key="modified" at={modifiedDateTime} />],
              [t('catalogs.id'), <code key="id">{id}</code>],
            ]}
          />
        </Section>
        <Section title={t('packages-admin.now')}>
          <Facts
            facts={[
              [t('packages-admin.tab.assignments'), <Count key="a" tab="assignments" id={id} count={assigned} />],
              [t('packages-admin.waiting'), <Count key="w" tab="requests" id={id} count={waiting} />],
              [
                t('packages-admin.tab.policies'),
                <Count key="p" tab="policies" id={id} count={contents?.policies.length ?? null} />,
              ],
            ]}
          />
        </Section>
      </div>
    </>
  );
}

/** How many there are; null while nobody knows. */
function useCount(path: string, filter: string): number | null {
  const { data } = useGet<Collection<unknown>>(
    withOptions(path, { $filter: filter, $count: 'true', $top: '1', $select: 'id' }),
    { headers: eventual },
  );
  return data?.['@odata.count'] ?? null;
}

function Count({ tab, id, count }: { readonly tab: string; readonly id: string; readonly count: number | null }) {
  if (count === null) return <Text>–</Text>;
  return (
    <PageLink to={`/admin/packages/${id}`} search={{ tab } as never}>
      {count}
    </PageLink>
  );
}

function Opened({ contents }: { readonly contents: PackageContents }) {
  const { t } = useWords();
  if (contents.gives.length > 0) return <ContentsPicture contents={contents} />;
  return <Empty icon={<PeopleRegular />} title={t('packages-admin.noRoles')} text={t('packages-admin.noRolesText')} />;
}
