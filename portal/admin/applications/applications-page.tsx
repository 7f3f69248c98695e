import { Badge, Text } from '@fluentui/react-components';
import { AppsRegular } from '@fluentui/react-icons';
import { may, useMe } from '../../api/me.ts';
import { usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filter, Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageLink } from '../../parts/page-link.tsx';
import { searched, withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import { AccountBadge } from '../users/users-page.tsx';
import { EndOf } from './credentials.tsx';
import { NewApplication } from './new-application.tsx';
import { type Application, applications, credentialsOf } from './wire.ts';

/** Every application that may sign in, for itself or people. */
export function ApplicationsPage() {
  const { t } = useWords();
  const { data: me } = useMe();
  const address = useAddress();
  const [search, kind] = [address.get('q'), address.get('kind')];
  const pages = usePages<Application>(
    withOptions(applications, {
      $count: 'true',
      $top: '50',
      $search: search === '' ? '' : searched('displayName', search),
      $filter: kind === '' ? '' : `isPublicClient eq ${kind === 'public'}`,
    }),
  );
  const isNarrowed = search !== '' || kind !== '';
  return (
    <Page
      title={t('shell.nav.admin.applications')}
      text={t('applications.text')}
      actions={may(me, 'application.manage') ? <NewApplication /> : undefined}
    >
      <Filters>
        <SearchField label={t('applications.search')} value={search} change={(q) => address.set({ q })} />
        <Filter
          label={t('applications.kind')}
          all={t('applications.kind.all')}
          value={kind}
          options={[
            { value: 'confidential', name: t('applications.kind.confidential') },
            { value: 'public', name: t('applications.kind.public') },
          ]}
          change={(next) => address.set({ kind: next })}
        />
      </Filters>
      <Rows
        label={t('shell.nav.admin.applications')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<AppsRegular />}
            title={t(isNarrowed ? 'applications.noneFound' : 'applications.none')}
            text={t(isNarrowed ? 'applications.noneFoundText' : 'applications.noneText')}
          />
        }
      />
    </Page>
  );
}

function useColumns(): readonly Column<Application>[] {
  const { t } = useWords();
  return [
    {
      id: 'name',
      title: t('applications.name'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ id, displayName, appId }) => (
        <>
          <PageLink to={`/admin/applications/${id}`}>{displayName}</PageLink>
          <Detail text={appId} />
        </>
      ),
    },
    {
      id: 'kind',
      title: t('applications.kind'),
      cell: ({ isPublicClient }) => (
        <Text>{t(isPublicClient ? 'applications.kind.public' : 'applications.kind.confidential')}</Text>
      ),
    },
    {
      id: 'permissions',
      title: t('applications.permissions'),
      cell: ({ permissions }) =>
        permissions.length === 0 ? (
          <Text>{t('parts.none')}</Text>
        ) : (
          <Badge appearance="tint" color="warning">
            {permissions.length}
          </Badge>
        ),
    },
    { id: 'ends', title: t('applications.endsNext'), cell: (application) => <NextEnd application={application} /> },
    { id: 'account', title: t('applications.state'), cell: (application) => <AccountBadge user={application} /> },
  ];
}

/** What of an application's secrets and certificates ends first. */
function NextEnd({ application }: { readonly application: Application }) {
  const { t } = useWords();
  const [first] = credentialsOf(application);
  if (first === undefined) return <Text>{t('parts.none')}</Text>;
  return <EndOf endDateTime={first.endDateTime} />;
}
