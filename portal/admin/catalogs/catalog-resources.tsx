import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DeleteRegular, KeyRegular, PeopleRegular } from '@fluentui/react-icons';
import { may, useMe } from '../../api/me.ts';
import { type Collection, useGet, usePages, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Time } from '../../parts/time.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import {
  type AccessPackage,
  type Catalog,
  entitlements,
  type NamedThing,
  type Resource,
  type RoleScope,
} from '../wire.ts';
import { AddResource } from './add-resource.tsx';

/** The groups and directory roles that packages of a catalog may give. */
export function CatalogResources({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const address = useAddress();
  const search = address.get('q');
  const mayChange = may(me, 'catalog.addResource');
  const pages = usePages<Resource>(
    withOptions(`${entitlements}/catalogs/${catalog.id}/resources`, {
      $count: 'true',
      $top: '50',
      $expand: 'roles',
      $search: search === '' ? '' : `"${search.replaceAll('"', '')}"`,
    }),
  );
  const usedBy = useUse(catalog.id);
  return (
    <>
      <Filters>
        <SearchField label={t('catalogs.resources.search')} value={search} change={(q) => address.set({ q })} />
        {mayChange ? <AddResource catalog={catalog} /> : null}
      </Filters>
      <Rows
        label={t('catalogs.resources')}
        pages={pages}
        columns={useColumns(catalog, usedBy, mayChange)}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<PeopleRegular />}
            title={t(search === '' ? 'catalogs.resources.none' : 'catalogs.noneFound')}
            text={t(search === '' ? 'catalogs.resources.noneText' : 'catalogs.noneFoundText')}
          />
        }
      />
    </>
  );
}

type Use = ReadonlyMap<string, readonly NamedThing[]>;
type Giving = AccessPackage & { readonly resourceRoleScopes: readonly RoleScope[] };

/** Which packages of a catalog give each of its resources. */
function useUse(catalogId: string): Use {
  const { data } = useGet<Collection<Giving>>(
    withOptions(`${entitlements}/catalogs/${catalogId}/accessPackages`, {
      $select: 'id,displayName',
      $top: '500',
      $expand: 'resourceRoleScopes($expand=role($expand=resource($select=id)))',
    }),
  );
  const use = new Map<string, NamedThing[]>();
  for (const { id, displayName, resourceRoleScopes } of data?.value ?? []) {
    for (const resourceId of new Set(resourceRoleScopes.map(({ role }) => role.resource?.id ?? ''))) {
      use.set(resourceId, [...(use.get(resourceId) ?? []), { id, displayName }]);
    }
  }
  return use;
}

const useStyles = makeStyles({
  name: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center', '& > svg': { flexShrink: 0 } },
  list: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
});

function useColumns(catalog: Catalog, usedBy: Use, mayChange: boolean): readonly Column<Resource>[] {
  const styles = useStyles();
  const { t } = useWords();
  const columns: Column<Resource>[] = [
    {
      id: 'name',
      title: t('catalogs.name'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ displayName, description, originSystem }) => (
        <div className={styles.name}>
          {originSystem === 'AadGroup' ? <PeopleRegular /> : <KeyRegular />}
          <div>
            <Text weight="semibold">{displayName}</Text>
            <Detail text={description ?? t(originSystem === 'AadGroup' ? 'catalogs.group' : 'catalogs.role')} />
          </div>
        </div>
      ),
    },
    {
      id: 'roles',
      title: t('catalogs.resources.roles'),
      width: 'minmax(0, 1.5fr)',
      cell: ({ roles = [] }) => (
        <span className={styles.list}>
          {roles.map(({ id, displayName }) => (
            <Badge key={id} appearance="outline" color="informative">
              {displayName}
            </Badge>
          ))}
        </span>
      ),
    },
    {
      id: 'use',
      title: t('catalogs.resources.usedBy'),
      width: 'minmax(0, 1.5fr)',
      cell: ({ id }) => <UsedBy packages={usedBy.get(id) ?? []} />,
    },
    { id: 'added', title: t('catalogs.resources.added'), cell: ({ createdDateTime }) => <Time at={createdDateTime} /> },
  ];
  if (!mayChange) return columns;
  const action: Column<Resource> = {
    id: 'remove',
    title: t('parts.actions'),
    width: '110px',
    isPlain: true,
    cell: (resource) => <RemoveResource catalog={catalog} resource={resource} />,
  };
  return [...columns, action];
}

function UsedBy({ packages }: { readonly packages: readonly NamedThing[] }) {
  const { t } = useWords();
  if (packages.length === 0) return <Text>{t('catalogs.resources.unused')}</Text>;
  return packages.map(({ id, displayName }) => (
    <div key={id}>
      <PageLink to={`/admin/packages/${id}`}>{displayName}</PageLink>
    </div>
  ));
}

function RemoveResource({ catalog, resource }: { readonly catalog: Catalog; readonly resource: Resource }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  const { id, displayName } = resource;
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          appearance="subtle"
          icon={<DeleteRegular />}
          aria-label={t('parts.removeThing', { name: displayName })}
        >
          {t('parts.remove')}
        </Button>
      }
      title={t('catalogs.resources.removeTitle', { name: displayName })}
      confirmLabel={t('parts.remove')}
      confirm={async () => {
        const body = { requestType: 'adminRemove', resource: { id }, catalog: { id: catalog.id } };
        await send.mutateAsync({ method: 'POST', path: `${entitlements}/resourceRequests`, body });
        toast.done(t('catalogs.resources.removed', { name: displayName }));
      }}
    >
      {t('catalogs.resources.removeText')}
    </Confirm>
  );
}
