import { Badge } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons';
import { usePages } from '../api/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { type ActivationRequest, isPending, type Kind, listPath, nameOf, type PackageRequest } from './wire.ts';

/** What waits for the person's decision, and what did, at both doors. */
export function ApprovalsPage() {
  const { t } = useWords();
  return (
    <Page title={t('approvals.title')} text={t('approvals.text')}>
      <Tabs
        label={t('approvals.tabs')}
        tabs={[
          { id: 'pending', title: t('approvals.pending'), content: () => <Lists wantsPending /> },
          { id: 'past', title: t('approvals.past'), content: () => <Lists wantsPending={false} /> },
        ]}
      />
    </Page>
  );
}

/** One line of the list. */
interface Line {
  readonly kind: Kind;
  readonly id: string;
  readonly what: string;
  readonly who: string;
  readonly at: string;
  readonly status: string;
}

function Lists({ wantsPending }: { readonly wantsPending: boolean }) {
  const { t } = useWords();
  const packages = usePages<PackageRequest>(listPath('package'));
  const roles = usePages<ActivationRequest>(listPath('role'));
  const groups = usePages<ActivationRequest>(listPath('group'));
  const lines = (items: readonly Line[]) => items.filter(({ status }) => isPending(status) === wantsPending);
  const packageLines = lines(packages.items.map(lineOfPackage));
  const activationLines = lines([
    ...roles.items.map((one) => lineOfActivation('role', one)),
    ...groups.items.map((one) => lineOfActivation('group', one)),
  ]);
  const isRead = [packages, roles, groups].every(({ query }) => !query.isPending && !query.hasNextPage);
  if (isRead && packageLines.length + activationLines.length === 0) {
    return (
      <Empty
        icon={<CheckmarkCircleRegular />}
        title={t(wantsPending ? 'approvals.none' : 'approvals.nonePast')}
        text={t('approvals.noneText')}
      />
    );
  }
  return (
    <>
      {packageLines.length === 0 && isRead ? null : (
        <Section title={t('approvals.packages')}>
          <List label={t('approvals.packages')} lines={packageLines} query={packages.query} />
        </Section>
      )}
      {activationLines.length === 0 ? null : (
        <Section title={t('approvals.activations')}>
          <List label={t('approvals.activations')} lines={activationLines} query={roles.query} />
        </Section>
      )}
    </>
  );
}

interface ListProps {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly query: ReturnType<typeof usePages>['query'];
}

function List({ label, lines, query }: ListProps) {
  const { t } = useWords();
  const columns: readonly Column<Line>[] = [
    {
      id: 'what',
      title: t('approvals.what'),
      width: 'minmax(0, 2fr)',
      isPlain: true,
      cell: ({ kind, id, what, who }) => (
        <PageLink to={`/approvals/${kind}/${id}`} aria-label={t('approvals.reviewOf', { name: who, what })}>
          {what}
        </PageLink>
      ),
    },
    { id: 'who', title: t('approvals.who'), cell: ({ who }) => who },
    { id: 'asked', title: t('approvals.asked'), cell: ({ at }) => <Time at={at} /> },
    { id: 'state', title: t('approvals.state'), cell: ({ status }) => <StatusBadge status={status} /> },
  ];
  return (
    <Rows
      label={label}
      pages={{ query, items: lines, count: null }}
      columns={columns}
      keyOf={({ id }) => id}
      empty={<Empty title={t('approvals.none')} />}
    />
  );
}

/** How a request stands, in words. */
export function StatusBadge({ status }: { readonly status: string }) {
  const { t, intl } = useWords();
  const key = `approvals.status.${status}`;
  const colour = isPending(status)
    ? 'warning'
    : /^(Delivered|Provisioned|Granted)$/.test(status)
      ? 'success'
      : 'subtle';
  return (
    <Badge appearance="tint" color={colour}>
      {key in intl.messages ? intl.formatMessage({ id: key }) : t('approvals.status.other', { status })}
    </Badge>
  );
}

function lineOfPackage(request: PackageRequest): Line {
  return {
    kind: 'package',
    id: request.id,
    what: request.accessPackage.displayName,
    who: request.assignment?.target?.displayName ?? request.requestor.displayName,
    at: request.createdDateTime,
    status: request.status,
  };
}

function lineOfActivation(kind: Kind, request: ActivationRequest): Line {
  return {
    kind,
    id: request.id,
    what: nameOf(request),
    who: request.principal?.displayName ?? '',
    at: request.createdDateTime,
    status: request.status,
  };
}
