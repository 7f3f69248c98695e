import { useParams } from '@tanstack/react-router';
import { useGet } from '../api/queries.ts';
import { Facts } from '../parts/facts.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page, Section } from '../parts/page.tsx';
import { RefusalNote } from '../parts/step-up.tsx';
import { useWords } from '../words/use-words.ts';
import { ActivationFacts } from './activation-facts.tsx';
import { Decision } from './decision.tsx';
import { PackageFacts } from './package-facts.tsx';
import { Stages } from './stages.tsx';
import { StatusBadge } from './status-badge.tsx';
import {
  type ActivationRequest,
  type Approval,
  isPending,
  type Kind,
  nameOf,
  type PackageRequest,
  places,
} from './wire.ts';

/** One request, with all that an approver needs to decide about it. */
export function ApprovalPage() {
  const { kind, approvalId } = useParams({ strict: false }) as { kind: Kind; approvalId: string };
  return kind === 'package' ? <PackageCase id={approvalId} /> : <ActivationCase kind={kind} id={approvalId} />;
}

function useApproval(kind: Kind, id: string) {
  const { approvals, stages } = places[kind];
  return useGet<Approval & { readonly steps?: Approval['stages'] }>(`${approvals}/${id}?$expand=${stages}`);
}

function PackageCase({ id }: { readonly id: string }) {
  const { t } = useWords();
  const request = useGet<PackageRequest>(`${places.package.requests}/${id}?$expand=${places.package.expand}`);
  if (request.data === undefined) return <Reading error={request.error} />;
  const { requestor, accessPackage, assignment, status } = request.data;
  const name = assignment?.target?.displayName ?? requestor.displayName;
  return (
    <Page title={t('approvals.case.title', { name, what: accessPackage.displayName })}>
      <PackageFacts request={request.data} />
      <Judgement kind="package" id={id} status={status} />
    </Page>
  );
}

function ActivationCase({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  const { t } = useWords();
  const request = useGet<ActivationRequest>(`${places[kind].requests}/${id}?$expand=${places[kind].expand}`);
  if (request.data === undefined) return <Reading error={request.error} />;
  const title = t('approvals.case.title', {
    name: request.data.principal?.displayName ?? '',
    what: nameOf(request.data),
  });
  return (
    <Page title={title}>
      <ActivationFacts request={request.data} />
      <Judgement kind={kind} id={id} status={request.data.status} />
    </Page>
  );
}

/** What was decided before, and the decision to make, if it is this person's. */
function Judgement({ kind, id, status }: { readonly kind: Kind; readonly id: string; readonly status: string }) {
  const { t } = useWords();
  const approval = useApproval(kind, id);
  const stages = approval.data?.stages ?? approval.data?.steps ?? [];
  const mine = isPending(status)
    ? stages.find(({ assignedToMe, status: at }) => assignedToMe && at === 'InProgress')
    : undefined;
  return (
    <>
      {approval.error === null ? null : <RefusalNote error={approval.error} />}
      <Section title={t('approvals.case.history')}>
        <Facts facts={[[t('approvals.outcome'), <StatusBadge key="status" status={status} />]]} />
        <Stages stages={stages} />
      </Section>
      <Decision kind={kind} id={id} stage={mine} />
    </>
  );
}

function Reading({ error }: { readonly error: unknown }) {
  return error === null ? <Loading /> : <RefusalNote error={error} />;
}
