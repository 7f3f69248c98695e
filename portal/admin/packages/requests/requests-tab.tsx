import { Button, Text, useRestoreFocusTarget } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons';
import { usePages } from '../../../api/queries.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Filter, Filters } from '../../../parts/filters.tsx';
import { literal, withOptions } from '../../../parts/picked.ts';
import { type Column, Rows } from '../../../parts/rows.tsx';
import { SearchField } from '../../../parts/search-field.tsx';
import { Time } from '../../../parts/time.tsx';
import { useAddress } from '../../../parts/use-address.ts';
import { RequestStanding } from '../../../requests/request-standing.tsx';
import { useWords } from '../../../words/use-words.ts';
import { Detail } from '../../detail.tsx';
import { entitlements, type WholePackage } from '../../wire.ts';
import { RequestDrawer } from './request-drawer.tsx';
import { type AssignmentRequest, calledOf, type RequestState, requestStates } from './wire.ts';

/** States that occur here; Graph knows more. */
const shown: readonly RequestState[] = requestStates.filter(
  (state) => !['submitted', 'delivering', 'partiallyDelivered'].includes(state),
);

const shownTypes = [
  'userAdd',
  'onBehalfAdd',
  'userUpdate',
  'userRemove',
  'adminAdd',
  'adminUpdate',
  'adminRemove',
] as const;

/** Everything that was asked about the package: by whom, for whom, and what came of it. */
export function RequestsTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const address = useAddress();
  const [search, state, type] = [address.get('q'), address.get('state'), address.get('type')];
  const filters = [
    `accessPackage/id eq ${literal(accessPackage.id)}`,
    ...(state === '' ? [] : [`state eq ${literal(state)}`]),
    ...(type === '' ? [] : [`requestType eq ${literal(type)}`]),
    ...(search === ''
      ? []
      : [
          `(contains(requestor/displayName,${literal(search)}) or contains(assignment/target/displayName,${literal(search)}))`,
        ]),
  ];
  const pages = usePages<AssignmentRequest>(
    withOptions(`${entitlements}/assignmentRequests`, {
      $filter: filters.join(' and '),
      $expand: 'requestor,assignment($expand=target)',
      $orderby: 'createdDateTime desc',
      $count: 'true',
      $top: '50',
    }),
  );
  const isNarrowed = search !== '' || state !== '' || type !== '';
  return (
    <>
      <Filters>
        <SearchField label={t('requests-admin.search')} value={search} change={(q) => address.set({ q })} />
        <Filter
          label={t('requests-admin.state')}
          all={t('requests-admin.state.all')}
          value={state}
          options={shown.map((one) => ({ value: one, name: t(`parts.standing.${one}`) }))}
          change={(next) => address.set({ state: next })}
        />
        <Filter
          label={t('requests-admin.type')}
          all={t('requests-admin.type.all')}
          value={type}
          options={shownTypes.map((one) => ({ value: one, name: t(`requests-admin.type.${one}`) }))}
          change={(next) => address.set({ type: next })}
        />
      </Filters>
      <Rows
        label={t('packages-admin.tab.requests')}
        pages={pages}
        columns={useColumns((id) => address.set({ request: id }, 'push'))}
        keyOf={({ id }) => id}
        empty={
          <Empty
            icon={<HistoryRegular />}
            title={t(isNarrowed ? 'requests-admin.noneFound' : 'requests-admin.none')}
            text={t(isNarrowed ? 'packages-admin.noneFoundText' : 'requests-admin.noneText')}
          />
        }
      />
      <RequestDrawer
        accessPackage={accessPackage}
        requestId={address.get('request')}
        close={() => address.set({ request: '' })}
      />
    </>
  );
}

function useColumns(open: (id: string) => void): readonly Column<AssignmentRequest>[] {
  const { t } = useWords();
  // Where the focus goes back to when the details close.
  const opener = useRestoreFocusTarget();
  return [
    {
      id: 'who',
      title: t('requests-admin.for'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ assignment, requestor }) => (
        <>
          <Text weight="semibold" block>
            {calledOf(assignment?.target)}
          </Text>
          {requestor?.id === assignment?.target?.id ? null : (
            <Detail text={t('requests-admin.by', { name: calledOf(requestor) })} />
          )}
        </>
      ),
    },
    {
      id: 'type',
      title: t('requests-admin.type'),
      cell: ({ requestType }) => <Text>{t(`requests-admin.type.${requestType}`)}</Text>,
    },
    {
      id: 'state',
      title: t('requests-admin.state'),
      width: 'minmax(0, 1.4fr)',
      cell: (request) => <RequestStanding request={request} />,
    },
    { id: 'at', title: t('requests-admin.created'), cell: ({ createdDateTime }) => <Time at={createdDateTime} /> },
    {
      id: 'details',
      title: t('parts.actions'),
      width: '110px',
      isPlain: true,
      cell: ({ id, assignment }) => (
        <Button
          {...opener}
          size="small"
          aria-label={t('requests-admin.detailsOf', { name: calledOf(assignment?.target) })}
          onClick={() => open(id)}
        >
          {t('requests-admin.details')}
        </Button>
      ),
    },
  ];
}
