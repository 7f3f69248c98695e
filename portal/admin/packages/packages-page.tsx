import { AddRegular, BoxMultipleRegular } from '@fluentui/react-icons';
import { may, useMe } from '../../api/me.ts';
import { type Collection, useGet, usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filter, Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { type AccessPackage, entitlements, type NamedThing } from '../wire.ts';
import { usePackageColumns } from './package-columns.tsx';

/** All packages that the person may know of. */
export function PackagesPage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const address = useAddress();
  const [search, catalogId] = [address.get('q'), address.get('catalog')];
  const { data: catalogs } = useGet<Collection<NamedThing>>(`${entitlements}/catalogs?$select=id,displayName&$top=200`);
  const pages = usePages<AccessPackage>(
    withOptions(`${entitlements}/accessPackages`, {
      $count: 'true',
      $top: '50',
      $expand: 'catalog($select=id,displayName)',
      $search: search === '' ? '' : `"${search.replaceAll('"', '')}"`,
      $filter: catalogId === '' ? '' : `catalog/id eq ${literal(catalogId)}`,
    }),
  );
  const isNarrowed = search !== '' || catalogId !== '';
  return (
    <Page
      title={t('shell.nav.admin.packages')}
      text={t('packages-admin.text')}
      actions={
        may(me, 'accessPackage.create') ? (
          <PageButton to="/admin/packages/new" appearance="primary" icon={<AddRegular />}>
            {t('packages-admin.new')}
          </PageButton>
        ) : undefined
      }
    >
      <Filters>
        <SearchField label={t('packages-admin.search')} value={search} change={(q) => address.set({ q })} />
        <Filter
          label={t('packages-admin.catalog')}
          all={t('packages-admin.catalog.all')}
          value={catalogId}
          options={(catalogs?.value ?? []).map(({ id, displayName }) => ({ value: id, name: displayName }))}
          change={(catalog) => address.set({ catalog })}
        />
      </Filters>
      <Rows
        label={t('shell.nav.admin.packages')}
        pages={pages}
        columns={usePackageColumns()}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<BoxMultipleRegular />}
            title={t(isNarrowed ? 'packages-admin.noneFound' : 'packages-admin.none')}
            text={t(isNarrowed ? 'packages-admin.noneFoundText' : 'packages-admin.noneText')}
          />
        }
      />
    </Page>
  );
}
