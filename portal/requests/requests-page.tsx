import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { HistoryRegular } from '@fluentui/react-icons';
import { useMe } from '../api/me.ts';
import { usePages } from '../api/queries.ts';
import { type AssignmentRequest, entitlements } from '../packages/wire.ts';
import { Empty } from '../parts/empty.tsx';
import { Filter, Filters } from '../parts/filters.tsx';
import { Page } from '../parts/page.tsx';
import { PageButton, PageLink } from '../parts/page-link.tsx';
import { literal, withOptions } from '../parts/picked.ts';
import { type Column, Rows } from '../parts/rows.tsx';
import { SearchField } from '../parts/search-field.tsx';
import { Time } from '../parts/time.tsx';
import { useAddress } from '../parts/use-address.ts';
import { useWords } from '../words/use-words.ts';
import { useRequestKind } from './request-kind.ts';
import { RequestStanding } from './request-standing.tsx';

const useStyles = makeStyles({ detail: { display: 'block', color: tokens.colorNeutralForeground2 } });

/** States that a list is narrowed to. */
const states = ['pendingApproval', 'scheduled', 'delivered', 'denied', 'canceled', 'deliveryFailed'] as const;
/** Whose requests: those that one made, or those that one receives by. */
const sides = ['createdBy', 'target'] as const;

/** Everything that the person asked for, or that was asked for them. */
export function RequestsPage() {
  const { t } = useWords();
  const address = useAddress();
  const [search, state] = [address.get('q'), address.get('state')];
  const side = sides.find((one) => one === address.get('side')) ?? '';
  const narrowing = [
    ...(state === '' ? [] : [`state eq ${literal(state)}`]),
    ...(search === '' ? [] : [`contains(accessPackage/displayName, ${literal(search)})`]),
  ];
  const pages = usePages<AssignmentRequest>(
    withOptions(`${entitlements}/assignmentRequests/filterByCurrentUser(on='${side || 'targetOrRequestor'}')`, {
      $count: 'true',
      $top: '50',
      $orderby: 'createdDateTime desc',
      $filter: narrowing.join(' and '),
      $expand:
        'accessPackage($select=id,displayName),requestor($select=id,displayName),assignment($expand=target($select=id,displayName))',
    }),
  );
  const isNarrowed = narrowing.length > 0 || side !== '';
  return (
    <Page title={t('shell.nav.requests')} text={t('access.history.text')}>
      <Filters>
        <SearchField label={t('access.history.search')} value={search} change={(q) => address.set({ q })} />
        <Filter
          label={t('access.history.state')}
          all={t('access.history.allStates')}
          value={state}
          options={states.map((value) => ({ value, name: t(`parts.standing.${value}`) }))}
          change={(value) => address.set({ state: value })}
        />
        <Filter
          label={t('access.history.side')}
          all={t('access.history.allSides')}
          value={side}
          options={sides.map((value) => ({ value, name: t(`access.history.side.${value}`) }))}
          change={(value) => address.set({ side: value })}
        />
      </Filters>
      <Rows
        label={t('shell.nav.requests')}
        pages={pages}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={isNarrowed ? <NoneFound /> : <None />}
      />
    </Page>
  );
}

function useColumns(): readonly Column<AssignmentRequest>[] {
  const styles = useStyles();
  const { t } = useWords();
  const kindOf = useRequestKind();
  const { data: me } = useMe();
  const nameOf = (person: { readonly id: string; readonly displayName: string } | null | undefined) =>
    person?.id === me?.id ? t('access.you') : (person?.displayName ?? '');
  return [
    {
      id: 'package',
      title: t('access.package'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ id, accessPackage, requestType }) => (
        <>
          <PageLink to={`/requests/${id}`}>{accessPackage?.displayName ?? t('access.packageGone')}</PageLink>
          <Text size={200} className={styles.detail}>
            {kindOf(requestType)}
          </Text>
        </>
      ),
    },
    { id: 'for', title: t('access.forWhom'), cell: ({ assignment }) => nameOf(assignment?.target) },
    { id: 'by', title: t('access.requestedBy'), cell: ({ requestor }) => nameOf(requestor) },
    {
      id: 'state',
      title: t('access.history.state'),
      width: 'minmax(0, 1.2fr)',
      cell: (request) => <RequestStanding request={request} />,
    },
    {
      id: 'at',
      title: t('access.requestedAt'),
      width: 'minmax(0, 1.2fr)',
      cell: ({ createdDateTime }) => <Time at={createdDateTime} as="short" />,
    },
  ];
}

function None() {
  const { t } = useWords();
  return (
    <Empty icon={<HistoryRegular />} title={t('access.history.none')} text={t('access.history.noneText')}>
      <PageButton to="/packages" appearance="primary">
        {t('access.find')}
      </PageButton>
    </Empty>
  );
}

function NoneFound() {
  const { t } = useWords();
  return <Empty icon={<HistoryRegular />} title={t('access.history.noneFound')} text={t('access.noneFoundText')} />;
}
