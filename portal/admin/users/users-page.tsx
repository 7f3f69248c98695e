import { Badge, Text } from '@fluentui/react-components';
import { PersonRegular } from '@fluentui/react-icons';
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
import { type User, userProperties } from './wire.ts';

/** Everybody with an account. */
export function UsersPage() {
  const { t } = useWords();
  const address = useAddress();
  const search = address.get('q');
  const pages = usePages<User>(
    withOptions('/v1.0/users', {
      $select: userProperties,
      $count: 'true',
      $top: '50',
      $orderby: search === '' ? 'displayName' : '',
      $search: search === '' ? '' : `${searched('displayName', search)} OR ${searched('userPrincipalName', search)}`,
    }),
    { headers: eventual },
  );
  const columns: readonly Column<User>[] = [
    {
      id: 'name',
      title: t('directory.name'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ id, displayName, userPrincipalName }) => (
        <>
          <PageLink to={`/admin/users/${id}`}>{displayName ?? userPrincipalName}</PageLink>
          <Detail text={userPrincipalName} />
        </>
      ),
    },
    { id: 'job', title: t('directory.jobTitle'), cell: ({ jobTitle }) => <Text>{jobTitle}</Text> },
    { id: 'department', title: t('directory.department'), cell: ({ department }) => <Text>{department}</Text> },
    { id: 'account', title: t('directory.account'), cell: (user) => <AccountBadge user={user} /> },
  ];
  return (
    <Page title={t('shell.nav.admin.users')} text={t('directory.users.text')}>
      <Filters>
        <SearchField label={t('directory.users.search')} value={search} change={(q) => address.set({ q })} />
      </Filters>
      <Rows
        label={t('shell.nav.admin.users')}
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty icon={<PersonRegular />} title={t('directory.none')} text={t('directory.noneText')} />}
      />
    </Page>
  );
}

/** Whether an account can be used. */
export function AccountBadge({ user: { accountEnabled } }: { readonly user: Pick<User, 'accountEnabled'> }) {
  const { t } = useWords();
  return (
    <Badge appearance="tint" color={accountEnabled === false ? 'danger' : 'success'}>
      {t(accountEnabled === false ? 'directory.disabled' : 'directory.enabled')}
    </Badge>
  );
}
