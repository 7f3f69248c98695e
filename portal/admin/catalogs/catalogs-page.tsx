import { Badge, Text } from '@fluentui/react-components';
import { BookRegular } from '@fluentui/react-icons';
import { may, useMe } from '../../api/me.ts';
import { usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filter, Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Time } from '../../parts/time.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { type Catalog, entitlements } from '../wire.ts';
import { NewCatalog } from './catalog-form.tsx';

/** All catalogs that the person may know of. */
export function CatalogsPage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const address = useAddress();
  const [search, state] = [address.get('q'), address.get('state')];
  const pages = usePages<Catalog>(
    withOptions(`${entitlements}/catalogs`, {
      $count: 'true',
      $top: '50',
      $search: search === '' ? '' : `"${search.replaceAll('"', '')}"`,
      $filter: state === '' ? '' : `state eq '${state}'`,
    }),
  );
  const isNarrowed = search !== '' || state !== '';
  return (
    <Page
      title={t('shell.nav.admin.catalogs')}
      text={t('catalogs.text')}
      actions={may(me, 'catalog.create') ? <NewCatalog /> : undefined}
    >
      <Filters>
        <SearchField label={t('catalogs.search')} value={search} change={(q) => address.set({ q })} />
        <Filter
          label={t('catalogs.state')}
          all={t('catalogs.state.all')}
          value={state}
          options={[
            { value: 'published', name: t('catalogs.state.published') },
            { value: 'unpublished', name: t('catalogs.state.unpublished') },
          ]}
          change={(next) => address.set({ state: next })}
        />
      </Filters>
      <Rows
        label={t('shell.nav.admin.catalogs')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<BookRegular />}
            title={t(isNarrowed ? 'catalogs.noneFound' : 'catalogs.none')}
            text={t(isNarrowed ? 'catalogs.noneFoundText' : 'catalogs.noneText')}
          />
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<Catalog>[] {
  const { t } = useWords();
  return [
    {
      id: 'name',
      title: t('catalogs.name'),
      width: 'minmax(0, 3fr)',
      isPlain: true,
      cell: ({ id, displayName, description }) => (
        <>
          <PageLink to={`/admin/catalogs/${id}`}>{displayName}</PageLink>
          <Detail text={description} />
        </>
      ),
    },
    { id: 'state', title: t('catalogs.state'), cell: ({ state }) => <CatalogState state={state} /> },
    {
      id: 'external',
      title: t('catalogs.external'),
      cell: ({ isExternallyVisible }) => <Text>{t(isExternallyVisible ? 'parts.yes' : 'parts.no')}</Text>,
    },
    {
      id: 'modified',
      title: t('catalogs.modified'),
      cell: ({ modifiedDateTime }) => <Time at={modifiedDateTime} />,
    },
  ];
}

/** Whether packages of a catalog can be asked for. */
export function CatalogState({ state }: Pick<Catalog, 'state'>) {
  const { t } = useWords();
  return (
    <Badge appearance="tint" color={state === 'published' ? 'success' : 'informative'}>
      {t(`catalogs.state.${state === 'published' ? 'published' : 'unpublished'}`)}
    </Badge>
  );
}
