import { Badge, Text } from '@fluentui/react-components';
import { ClipboardTaskListLtrRegular } from '@fluentui/react-icons';
import { usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filter, Filters } from '../../parts/filters.tsx';
import { Page } from '../../parts/page.tsx';
import { PageButton, PageLink } from '../../parts/page-link.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { type Column, Rows } from '../../parts/rows.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Time } from '../../parts/time.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { Detail } from '../detail.tsx';

/** `directoryAudit`, as far as the portal reads it. */
interface Audit {
  readonly id: string;
  readonly activityDateTime: string;
  readonly activityDisplayName: string;
  readonly category: string;
  readonly correlationId: string;
  readonly result: string;
  readonly resultReason: string | null;
  readonly loggedByService: string;
  readonly initiatedBy: {
    readonly user: { readonly displayName: string | null; readonly userPrincipalName: string | null } | null;
    readonly app: { readonly displayName: string | null } | null;
  };
  readonly targetResources: readonly { readonly displayName: string | null; readonly type: string | null }[];
}

const services = ['Entitlement Management', 'PIM', 'Core Directory'];
const categories = ['EntitlementManagement', 'RoleManagement', 'GroupManagement', 'UserManagement', 'PolicyManagement'];

/** What happened, the newest first; or one story whole, from its beginning. */
export function AuditPage() {
  const { t } = useWords();
  const address = useAddress();
  const story = address.get('story');
  const filters = ['q', 'result', 'category', 'service'].map((name) => address.get(name));
  const [search = '', result = '', category = '', service = ''] = filters;
  const pages = usePages<Audit>(
    withOptions(story === '' ? '/v1.0/auditLogs/directoryAudits' : `/sallyport/stories/${encodeURIComponent(story)}`, {
      $count: 'true',
      $top: '50',
      $orderby: `activityDateTime ${story === '' ? 'desc' : 'asc'}`,
      $filter: story === '' ? filterOf({ search, result, category, service }) : '',
    }),
  );
  return (
    <Page
      title={t(story === '' ? 'shell.nav.admin.audit' : 'audit.story.title')}
      text={t(story === '' ? 'audit.text' : 'audit.story.text')}
      actions={story === '' ? undefined : <PageButton to="/admin/audit">{t('audit.story.back')}</PageButton>}
    >
      {story === '' ? (
        <Filters>
          <SearchField label={t('audit.search')} value={search} change={(q) => address.set({ q })} />
          <Filter
            label={t('audit.result')}
            all={t('audit.result.all')}
            value={result}
            options={[
              { value: 'success', name: t('audit.result.success') },
              { value: 'failure', name: t('audit.result.failure') },
            ]}
            change={(next) => address.set({ result: next })}
          />
          <Filter
            label={t('audit.service')}
            all={t('audit.service.all')}
            value={service}
            options={services.map((value) => ({ value, name: value }))}
            change={(next) => address.set({ service: next })}
          />
          <Filter
            label={t('audit.category')}
            all={t('audit.category.all')}
            value={category}
            options={categories.map((value) => ({ value, name: value }))}
            change={(next) => address.set({ category: next })}
          />
        </Filters>
      ) : null}
      <Rows
        label={t('audit.list')}
        pages={pages}
        columns={useColumns(story !== '')}
        keyOf={({ id }) => id}
        empty={<Empty icon={<ClipboardTaskListLtrRegular />} title={t('audit.none')} text={t('audit.noneText')} />}
      />
    </Page>
  );
}

interface Wanted {
  readonly search: string;
  readonly result: string;
  readonly category: string;
  readonly service: string;
}

function filterOf({ search, result, category, service }: Wanted): string {
  return [
    search === '' ? '' : `startswith(activityDisplayName,${literal(search)})`,
    result === '' ? '' : `result eq ${literal(result)}`,
    category === '' ? '' : `category eq ${literal(category)}`,
    service === '' ? '' : `loggedByService eq ${literal(service)}`,
  ]
    .filter((clause) => clause !== '')
    .join(' and ');
}

function useColumns(isStory: boolean): readonly Column<Audit>[] {
  const { t } = useWords();
  const columns: readonly Column<Audit>[] = [
    { id: 'when', title: t('audit.when'), cell: ({ activityDateTime }) => <Time at={activityDateTime} as="short" /> },
    {
      id: 'activity',
      title: t('audit.activity'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ activityDisplayName, loggedByService, resultReason }) => (
        <>
          <Text weight="semibold">{activityDisplayName}</Text>
          <Detail text={[loggedByService, resultReason].filter((one) => one !== null && one !== '').join(' · ')} />
        </>
      ),
    },
    { id: 'actor', title: t('audit.actor'), cell: (audit) => actorOf(audit, t('audit.system')) },
    {
      id: 'target',
      title: t('audit.target'),
      cell: ({ targetResources }) =>
        targetResources.flatMap(({ displayName }) => (displayName === null ? [] : [displayName])).join(', '),
    },
    { id: 'result', title: t('audit.result'), width: '110px', cell: (audit) => <Result audit={audit} /> },
  ];
  if (isStory) return columns;
  return [
    ...columns,
    {
      id: 'story',
      title: t('audit.story'),
      width: '130px',
      isPlain: true,
      cell: ({ correlationId }) => (
        <PageLink to="/admin/audit" search={{ story: correlationId } as never}>
          {t('audit.story')}
        </PageLink>
      ),
    },
  ];
}

function Result({ audit: { result } }: { readonly audit: Audit }) {
  const { t } = useWords();
  const known = result === 'success' || result === 'failure' || result === 'timeout' ? result : 'failure';
  return (
    <Badge appearance="tint" color={known === 'success' ? 'success' : 'danger'}>
      {t(`audit.result.${known}`)}
    </Badge>
  );
}

function actorOf({ initiatedBy: { user, app } }: Audit, otherwise: string): string {
  return user?.displayName ?? user?.userPrincipalName ?? app?.displayName ?? otherwise;
}
