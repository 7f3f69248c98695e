import { Text } from '@fluentui/react-components';
import { BoxMultipleRegular } from '@fluentui/react-icons';
import { type Collection, useGet, usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Section } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { withOptions } from '../../parts/picked.ts';
import { Rows } from '../../parts/rows.tsx';
import { useWords } from '../../words/use-words.ts';
import { type AccessPackage, entitlements, type RoleScope, type WholePackage } from '../wire.ts';
import { usePackageColumns } from './package-columns.tsx';

/** Where a package is used: which others exclude it, and which give the same. */
export function UseTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const columns = usePackageColumns().filter(({ id }) => id !== 'catalog');
  const excludedBy = usePages<AccessPackage>(
    `${entitlements}/accessPackages/${accessPackage.id}/accessPackagesIncompatibleWith?$count=true`,
  );
  return (
    <>
      <Section title={t('packages-admin.excludedBy')}>
        <Rows
          label={t('packages-admin.excludedBy')}
          pages={excludedBy}
          columns={columns}
          keyOf={({ id }) => id}
          empty={
            <Empty
              icon={<BoxMultipleRegular />}
              title={t('packages-admin.excludedByNone')}
              text={t('packages-admin.excludedByNoneText')}
            />
          }
        />
      </Section>
      <AlsoGiving accessPackage={accessPackage} />
    </>
  );
}

type Giving = AccessPackage & { readonly resourceRoleScopes: readonly RoleScope[] };

/** Other packages of the catalog that give the same resources. */
function AlsoGiving({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const { data } = useGet<Collection<Giving>>(
    withOptions(`${entitlements}/catalogs/${accessPackage.catalog.id}/accessPackages`, {
      $select: 'id,displayName',
      $top: '500',
      $expand: 'resourceRoleScopes($expand=role($expand=resource($select=id,displayName)))',
    }),
  );
  const resourcesOf = ({ resourceRoleScopes }: Giving) => resourceRoleScopes.map(({ role }) => role.resource);
  const mine = (data?.value ?? []).filter(({ id }) => id === accessPackage.id).flatMap(resourcesOf);
  const others = (data?.value ?? []).filter(({ id }) => id !== accessPackage.id);
  return (
    <Section title={t('packages-admin.alsoGiving')}>
      {mine.length === 0 ? <Text>{t('packages-admin.noRoles')}</Text> : null}
      {[...new Map(mine.map((resource) => [resource?.id, resource])).values()].map((resource) => {
        const giving = others.filter((other) => resourcesOf(other).some((one) => one?.id === resource?.id));
        return (
          <div key={resource?.id}>
            <Text weight="semibold" block>
              {resource?.displayName}
            </Text>
            {giving.length === 0 ? <Text>{t('packages-admin.alsoGivingNone')}</Text> : null}
            {giving.map(({ id, displayName }) => (
              <div key={id}>
                <PageLink to={`/admin/packages/${id}`}>{displayName}</PageLink>
              </div>
            ))}
          </div>
        );
      })}
    </Section>
  );
}
