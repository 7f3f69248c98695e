import { Button } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import { useNavigate, useParams } from '@tanstack/react-router';
import { may, useMe } from '../../api/me.ts';
import { useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Trail } from '../../parts/page-link.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { Time } from '../../parts/time.tsx';
import { useWords } from '../../words/use-words.ts';
import { type Catalog, entitlements } from '../wire.ts';
import { EditCatalog } from './catalog-form.tsx';
import { CatalogPackages } from './catalog-packages.tsx';
import { CatalogResources } from './catalog-resources.tsx';
import { CatalogRoles } from './catalog-roles.tsx';
import { CatalogState } from './catalogs-page.tsx';

/** One catalog: what it is, its resources, its packages, and who looks after it. */
export function CatalogPage() {
  const { t } = useWords();
  const { catalogId } = useParams({ strict: false }) as { catalogId: string };
  const { data: catalog, error, refetch } = useGet<Catalog>(`${entitlements}/catalogs/${catalogId}`);
  const trail = <Trail steps={[{ to: '/admin/catalogs', name: t('shell.nav.admin.catalogs') }]} />;
  if (catalog === undefined) {
    return (
      <Page trail={trail} title={t('catalogs.one')}>
        {error === null ? <Loading /> : <ErrorNote error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  return (
    <Page
      trail={trail}
      title={catalog.displayName}
      text={catalog.description}
      actions={<CatalogActions catalog={catalog} />}
    >
      <Tabs
        label={t('catalogs.one')}
        tabs={[
          { id: 'overview', title: t('catalogs.overview'), content: () => <Overview catalog={catalog} /> },
          { id: 'resources', title: t('catalogs.resources'), content: () => <CatalogResources catalog={catalog} /> },
          { id: 'packages', title: t('catalogs.packages'), content: () => <CatalogPackages catalog={catalog} /> },
          { id: 'roles', title: t('catalogs.roles'), content: () => <CatalogRoles catalog={catalog} /> },
        ]}
      />
    </Page>
  );
}

function Overview({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const { state, isExternallyVisible, catalogType, createdDateTime, modifiedDateTime, id } = catalog;
  return (
    <Section title={t('catalogs.overview')}>
      <Facts
        facts={[
          [t('catalogs.state'), <CatalogState key="state" state={state} />],
          [t('catalogs.external'), t(isExternallyVisible ? 'catalogs.external.yes' : 'catalogs.external.no')],
          [t('catalogs.type'), t(catalogType === 'userManaged' ? 'catalogs.type.own' : 'catalogs.type.builtIn')],
          [t('catalogs.created'), <Time key="created" at={createdDateTime} />],
          [t('catalogs.modified'), <Time key="modified" at={modifiedDateTime} />],
          [t('catalogs.id'), <code key="id">{id}</code>],
        ]}
      />
    </Section>
  );
}

function CatalogActions({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const navigate = useNavigate();
  const send = useSend();
  const remove = async () => {
    await send.mutateAsync({ method: 'DELETE', path: `${entitlements}/catalogs/${catalog.id}` });
    await navigate({ to: '/admin/catalogs' });
  };
  return (
    <>
      {may(me, 'catalog.update') ? <EditCatalog catalog={catalog} /> : null}
      {may(me, 'catalog.delete') && catalog.catalogType === 'userManaged' ? (
        <Confirm
          trigger={<Button icon={<DeleteRegular />}>{t('catalogs.delete')}</Button>}
          title={t('catalogs.deleteTitle', { name: catalog.displayName })}
          confirmLabel={t('catalogs.delete')}
          confirm={remove}
        >
          {t('catalogs.deleteText')}
        </Confirm>
      ) : null}
    </>
  );
}
