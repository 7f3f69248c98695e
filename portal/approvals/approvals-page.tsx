import { CheckmarkCircleRegular } from '@fluentui/react-icons';
import type { ApprovalRow } from '../../src/desk/approvals/contract.ts';
import { usePages } from '../api/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { Page } from '../parts/page.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { withOptions } from '../parts/picked.ts';
import { type Column, Rows } from '../parts/rows.tsx';
import { StandingBadge } from '../parts/standing.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';

/** What waits for the person's decision, and what did, at both doors. */
export function ApprovalsPage() {
  const { t } = useWords();
  return (
    <Page title={t('approvals.title')} text={t('approvals.text')}>
      <Tabs
        label={t('approvals.tabs')}
        tabs={[
          { id: 'pending', title: t('approvals.pending'), content: () => <List status="pending" /> },
          { id: 'past', title: t('approvals.past'), content: () => <List status="past" /> },
        ]}
      />
    </Page>
  );
}

function List({ status }: Pick<ApprovalRow, 'status'>) {
  const { t } = useWords();
  const pages = usePages<ApprovalRow>(
    withOptions('/sallyport/approvals', { $filter: `status eq '${status}'`, $count: 'true', $top: '50' }),
  );
  const columns: readonly Column<ApprovalRow>[] = [
    {
      id: 'what',
      title: t('approvals.what'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ id, what, target }) => (
        <PageLink
          to={`/approvals/${id}`}
          aria-label={t('approvals.reviewOf', { name: target.displayName, what: what.displayName })}
        >
          {what.displayName}
        </PageLink>
      ),
    },
    { id: 'who', title: t('approvals.who'), cell: ({ target }) => target.displayName },
    { id: 'asked', title: t('approvals.asked'), cell: ({ createdDateTime }) => <Time at={createdDateTime} /> },
    {
      id: 'stage',
      title: t('approvals.stage'),
      cell: ({ stage, stages }) => t('overview.stageOf', { stage, stages }),
    },
    status === 'pending'
      ? {
          id: 'deadline',
          title: t('approvals.deadline'),
          cell: ({ deadline }) => (deadline === null ? '' : <Time at={deadline} as="left" />),
        }
      : { id: 'own', title: t('approvals.own'), cell: ({ ownDecision }) => <Own decision={ownDecision} /> },
    {
      id: 'state',
      title: t('approvals.state'),
      cell: ({ state }) => <StandingBadge standing={state === 'pending' ? 'pendingApproval' : state} />,
    },
  ];
  return (
    <Rows
      label={t(`approvals.${status}`)}
      pages={pages}
      columns={columns}
      keyOf={({ id }) => id}
      empty={
        <Empty
          icon={<CheckmarkCircleRegular />}
          title={t(status === 'pending' ? 'approvals.none' : 'approvals.nonePast')}
          text={t('approvals.noneText')}
        />
      }
    />
  );
}

function Own({ decision }: { readonly decision: ApprovalRow['ownDecision'] }) {
  const { t } = useWords();
  if (decision === null) return '';
  return (
    <span>
      {t(decision.decision === 'approve' ? 'approvals.own.approve' : 'approvals.own.deny')},{' '}
      <Time at={decision.decidedDateTime} />
    </span>
  );
}
