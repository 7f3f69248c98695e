import { Badge } from '@fluentui/react-components';
import { KeyRegular } from '@fluentui/react-icons';
import { usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { PrivilegedBadge } from '../../parts/privileged-badge.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { type RoleDefinition, roleProperties } from './wire.ts';

/** All directory roles. */
export function AdminRolesPage() {
  const { t } = useWords();
  const address = useAddress();
  const search = address.get('q');
  const pages = usePages<RoleDefinition>(
    withOptions('/v1.0/roleManagement/directory/roleDefinitions', {
      $select: roleProperties,
      $count: 'true',
      $top: '50',
      $orderby: 'displayName',
      $filter: search === '' ? '' : `contains(displayName,${literal(search)})`,
    }),
  );
  const columns: readonly Column<RoleDefinition>[] = [
    {
      id: 'name',
      title: t('directory.name'),
      width: 'minmax(0, 4fr)',
      isPlain: true,
      cell: ({ id, displayName, description }) => (
        <>
          <PageLink to={`/admin/roles/${id}`}>{displayName}</PageLink>
          <Detail text={description} />
        </>
      ),
    },
    { id: 'kind', title: t('directory.group.kind'), cell: (role) => <RoleBadges role={role} /> },
  ];
  return (
    <Page title={t('shell.nav.admin.roles')} text={t('directory.roles.text')}>
      <Filters>
        <SearchField label={t('directory.roles.search')} value={search} change={(q) => address.set({ q })} />
      </Filters>
      <Rows
        label={t('shell.nav.admin.roles')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty icon={<KeyRegular />} title={t('directory.none')} text={t('directory.noneText')} />}
      />
    </Page>
  );
}

/** What kind of role it is. */
export function RoleBadges({ role }: { readonly role: RoleDefinition }) {
  const { t } = useWords();
  return (
    <>
      <Badge appearance="tint" color="informative">
        {t(role.isBuiltIn ? 'directory.role.builtIn' : 'directory.role.custom')}
      </Badge>{' '}
      {role.isPrivileged === true ? <PrivilegedBadge /> : null}
    </>
  );
}
