import { Badge } from '@fluentui/react-components';
import { PeopleRegular } from '@fluentui/react-icons';
import { may, useMe } from '../../api/me.ts';
import { eventual, usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { searched, withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { NewGroup } from './new-group.tsx';
import { type Group, groupProperties, isDynamic } from './wire.ts';

/** All groups. */
export function AdminGroupsPage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const mayCreate = may(me, 'group.create') || may(me, 'group.createRoleAssignable');
  return (
    <Page
      title={t('shell.nav.admin.groups')}
      text={t('directory.groups.text')}
      actions={mayCreate ? <NewGroup /> : undefined}
    >
      <GroupList />
    </Page>
  );
}

function GroupList() {
  const { t } = useWords();
  const address = useAddress();
  const search = address.get('q');
  const pages = usePages<Group>(
    withOptions('/v1.0/groups', {
      $select: groupProperties,
      $count: 'true',
      $top: '50',
      $orderby: search === '' ? 'displayName' : '',
      $search: search === '' ? '' : searched('displayName', search),
    }),
    { headers: eventual },
  );
  const columns: readonly Column<Group>[] = [
    {
      id: 'name',
      title: t('directory.name'),
      width: 'minmax(0, 3fr)',
      isPlain: true,
      cell: ({ id, displayName, description }) => (
        <>
          <PageLink to={`/admin/groups/${id}`}>{displayName}</PageLink>
          <Detail text={description} />
        </>
      ),
    },
    { id: 'kind', title: t('directory.group.kind'), cell: (group) => <GroupBadges group={group} /> },
  ];
  return (
    <>
      <Filters>
        <SearchField label={t('directory.groups.search')} value={search} change={(q) => address.set({ q })} />
      </Filters>
      <Rows
        label={t('shell.nav.admin.groups')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty icon={<PeopleRegular />} title={t('directory.none')} text={t('directory.noneText')} />}
      />
    </>
  );
}

/** What kind of group it is. */
export function GroupBadges({ group }: { readonly group: Group }) {
  const { t } = useWords();
  return (
    <>
      <Badge appearance="tint" color="informative">
        {t(isDynamic(group) ? 'directory.group.dynamic' : 'directory.group.assigned')}
      </Badge>{' '}
      {group.isAssignableToRole === true ? (
        <Badge appearance="tint" color="important">
          {t('directory.group.roleAssignable')}
        </Badge>
      ) : null}
    </>
  );
}
