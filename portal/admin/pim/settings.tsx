import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { type Fact, Facts } from '../../parts/facts.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/page.tsx';
import { useWords } from '../../words/use-words.ts';
import { EditSettings } from './edit-settings.tsx';
import { type PolicyAssignment, type PolicyOf, policyPath, type Rule, ruleOf } from './rules.ts';

interface Props {
  readonly title: string;
  readonly of: PolicyOf;
  readonly mayChange: boolean;
}

/** What activating and assigning takes, by the rules of the policy. */
export function PimSettings({ title, of, mayChange }: Props) {
  const { t, duration } = useWords();
  const { data, error } = useGet<{ readonly value: readonly PolicyAssignment[] }>(policyPath(of));
  const policy = data?.value[0]?.policy;
  if (error !== null) return <ErrorNote error={error} />;
  if (policy === undefined) return data === undefined ? <Loading /> : null;
  return (
    <Section
      title={title}
      actions={
        mayChange ? (
          <EditSettings policyId={policy.id} rules={policy.rules} isOfGroup={of.scope === 'Group'} />
        ) : undefined
      }
    >
      <Facts facts={factsOf(policy.rules, t, duration)} />
    </Section>
  );
}

type Say = ReturnType<typeof useWords>['t'];

function factsOf(rules: readonly Rule[], t: Say, duration: (iso: string) => string): readonly Fact[] {
  const enabled = ruleOf(rules, 'Enablement_EndUser_Assignment')?.enabledRules ?? [];
  const approval = ruleOf(rules, 'Approval_EndUser_Assignment')?.setting;
  const yes = (isRequired: boolean) => t(isRequired ? 'pim.required' : 'pim.notRequired');
  const expiry = (id: string) => {
    const rule = ruleOf(rules, id);
    return rule?.isExpirationRequired === true ? duration(rule.maximumDuration ?? '') : t('pim.never');
  };
  return [
    [t('pim.maximum'), duration(ruleOf(rules, 'Expiration_EndUser_Assignment')?.maximumDuration ?? '')],
    [t('pim.mfa'), yes(enabled.includes('MultiFactorAuthentication'))],
    [t('pim.needsJustification'), yes(enabled.includes('Justification'))],
    [t('pim.needsTicket'), yes(enabled.includes('Ticketing'))],
    [t('pim.needsApproval'), yes(approval?.isApprovalRequired === true)],
    [t('pim.eligibilityMaximum'), expiry('Expiration_Admin_Eligibility')],
    [t('pim.assignmentMaximum'), expiry('Expiration_Admin_Assignment')],
  ];
}
