import { Badge } from '@fluentui/react-components';
import { ShieldKeyholeRegular } from '@fluentui/react-icons';
import { usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filter, Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageButton, PageLink } from '../../parts/page-link.tsx';
import { searched, withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Time } from '../../parts/time.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';
import type { ManageableGroup } from './wire.ts';

/** Every group that PIM manages, or that it can be enabled for. */
export function PimGroupsPage() {
  const { t } = useWords();
  const address = useAddress();
  const [search, managed] = [address.get('q'), address.get('pim')];
  const pages = usePages<ManageableGroup>(
    withOptions('/sallyport/groups', {
      $count: 'true',
      $top: '50',
      $search: search === '' ? '' : searched('displayName', search),
      $filter: managed === '' ? '' : `isManaged eq ${managed === 'yes'}`,
    }),
  );
  const isNarrowed = search !== '' || managed !== '';
  return (
    <Page title={t('shell.nav.admin.privilegedGroups')} text={t('directory.pim.text')}>
      <Filters>
        <SearchField label={t('directory.groups.search')} value={search} change={(q) => address.set({ q })} />
        <Filter
          label={t('pim.groups.state')}
          all={t('pim.groups.all')}
          value={managed}
          options={[
            { value: 'yes', name: t('pim.groups.managed') },
            { value: 'no', name: t('pim.groups.notYet') },
          ]}
          change={(value) => address.set({ pim: value })}
        />
      </Filters>
      <Rows
        label={t('shell.nav.admin.privilegedGroups')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={isNarrowed ? <NoneFound /> : <None />}
      />
    </Page>
  );
}

function useColumns(): readonly Column<ManageableGroup>[] {
  const { t } = useWords();
  return [
    {
      id: 'name',
      title: t('directory.name'),
      width: 'minmax(0, 3fr)',
      isPlain: true,
      cell: ({ id, displayName, description }) => (
        <>
          <PageLink to={`/admin/pim-groups/${id}`}>{displayName}</PageLink>
          <Detail text={description} />
        </>
      ),
    },
    {
      id: 'kind',
      title: t('directory.group.kind'),
      cell: ({ isAssignableToRole }) => (
        <Badge appearance="tint" color={isAssignableToRole ? 'important' : 'informative'}>
          {t(isAssignableToRole ? 'directory.group.roleAssignable' : 'directory.group.assigned')}
        </Badge>
      ),
    },
    {
      id: 'pim',
      title: t('pim.groups.state'),
      width: 'minmax(0, 1.5fr)',
      cell: ({ isManaged, managedSinceDateTime }) =>
        isManaged ? (
          <>
            <Badge appearance="tint" color="success">
              {t('pim.groups.managed')}
            </Badge>{' '}
            <Time at={managedSinceDateTime} />
          </>
        ) : (
          <Badge appearance="outline" color="informative">
            {t('pim.groups.notYet')}
          </Badge>
        ),
    },
  ];
}

function None() {
  const { t } = useWords();
  return (
    <Empty icon={<ShieldKeyholeRegular />} title={t('pim.groups.none')} text={t('pim.groups.noneText')}>
      <PageButton to="/admin/groups" appearance="primary">
        {t('shell.nav.admin.groups')}
      </PageButton>
    </Empty>
  );
}

function NoneFound() {
  const { t } = useWords();
  return <Empty icon={<ShieldKeyholeRegular />} title={t('directory.none')} text={t('pim.groups.noneFound')} />;
}
