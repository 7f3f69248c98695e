import { AddRegular, BoxMultipleRegular } from '@fluentui/react-icons';
import { may, useMe } from '../../api/me.ts';
import { usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { withOptions } from '../../parts/picked.ts';
import { Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { usePackageColumns } from '../packages/package-columns.tsx';
import { type AccessPackage, type Catalog, entitlements } from '../wire.ts';

/** The packages of a catalog. */
export function CatalogPackages({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const address = useAddress();
  const search = address.get('q');
  const columns = usePackageColumns().filter(({ id }) => id !== 'catalog');
  const pages = usePages<AccessPackage>(
    withOptions(`${entitlements}/catalogs/${catalog.id}/accessPackages`, {
      $count: 'true',
      $top: '50',
      $search: search === '' ? '' : `"${search.replaceAll('"', '')}"`,
    }),
  );
  return (
    <>
      <Filters>
        <SearchField label={t('packages-admin.search')} value={search} change={(q) => address.set({ q })} />
        {may(me, 'accessPackage.create') ? (
          <PageButton to="/admin/packages/new" search={{ catalog: catalog.id } as never} icon={<AddRegular />}>
            {t('packages-admin.new')}
          </PageButton>
        ) : null}
      </Filters>
      <Rows
        label={t('catalogs.packages')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<BoxMultipleRegular />}
            title={t(search === '' ? 'catalogs.noPackages' : 'packages-admin.noneFound')}
            text={t(search === '' ? 'catalogs.noPackagesText' : 'packages-admin.noneFoundText')}
          />
        }
      />
    </>
  );
}
