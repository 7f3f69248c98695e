import { useGet } from '../api/queries.ts';
import { Facts } from '../parts/facts.tsx';
import { Section } from '../parts/page.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { Lasting } from './lasting.tsx';
import type { Answer, PackageRequest } from './wire.ts';

interface Contents {
  readonly resourceRoleScopes: readonly {
    readonly id: string;
    readonly role: { readonly displayName: string; readonly originId: string; readonly originSystem: string };
    readonly scope: { readonly originId: string };
  }[];
}

interface Policy {
  readonly questions: readonly { readonly id: string; readonly text: string }[];
}

const entitlements = '/v1.0/identityGovernance/entitlementManagement';

/** Who asks for what, why, with which answers, for how long, and what the package opens. */
export function PackageFacts({ request }: { readonly request: PackageRequest }) {
  const { t } = useWords();
  const { accessPackage, requestor, assignment, schedule } = request;
  const contents = useGet<Contents>(
    `${entitlements}/accessPackages/${accessPackage.id}?$expand=resourceRoleScopes($expand=role,scope)`,
  );
  const policies = useGet<{ readonly value: readonly Policy[] }>(
    `${entitlements}/accessPackages/${accessPackage.id}/assignmentPolicies?$select=id&$expand=questions`,
  );
  const questions = policies.data?.value.flatMap((policy) => policy.questions) ?? [];
  const target = assignment?.target;
  return (
    <>
      <Section title={t('approvals.case.request')}>
        <Facts
          facts={[
            [t('approvals.requestor'), `${requestor.displayName} (${requestor.principalName ?? ''})`],
            ...(target === null || target === undefined || target.principalName === requestor.principalName
              ? []
              : [[t('approvals.target'), `${target.displayName} (${target.principalName ?? ''})`] as const]),
            [t('approvals.justification'), request.justification ?? t('approvals.noJustification')],
            ...request.answers.map(
              (answer) => [questionOf(answer, questions, t('approvals.answers')), answerOf(answer)] as const,
            ),
            [t('approvals.submitted'), <Time key="at" at={request.createdDateTime} />],
            ...(schedule.startDateTime === null
              ? []
              : [[t('approvals.starts'), <Time key="start" at={schedule.startDateTime} as="short" />] as const]),
            [t('approvals.lasts'), <Lasting key="lasts" schedule={schedule} />],
          ]}
        />
      </Section>
      <Section title={t('approvals.case.package')}>
        <Facts
          facts={[
            [t('approvals.packages'), accessPackage.displayName],
            [t('approvals.description'), accessPackage.description],
            ...(contents.data?.resourceRoleScopes ?? []).map(
              ({ id, role, scope }) => [role.displayName, <GroupName key={id} id={scope.originId} />] as const,
            ),
          ]}
        />
      </Section>
    </>
  );
}

function GroupName({ id }: { readonly id: string }) {
  const { data } = useGet<{ readonly displayName: string }>(`/v1.0/groups/${id}?$select=displayName`);
  return data?.displayName ?? id;
}

function questionOf(answer: Answer, questions: Policy['questions'], otherwise: string): string {
  return (
    questions.find(({ id }) => id === answer.answeredQuestion.id)?.text ?? answer.answeredQuestion.text ?? otherwise
  );
}

function answerOf({ displayValue, value }: Answer): string {
  return displayValue ?? value ?? '';
}
