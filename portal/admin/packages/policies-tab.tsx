import { Badge, Button, MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { AddRegular, BotRegular, DeleteRegular, DocumentBulletListRegular, EditRegular } from '@fluentui/react-icons';
import type { Reachability } from '../../../src/entitlements/reachability/contract.ts';
import { may, useMe } from '../../api/me.ts';
import { type Collection, useGet, useSend } from '../../api/queries.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Section } from '../../parts/page.tsx';
import { PageButton } from '../../parts/page-link.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useWords } from '../../words/use-words.ts';
import type { PolicyDraft } from '../policy/draft.ts';
import { LifecycleSummary, QuestionsSummary, ScopeSummary, StagesSummary } from '../policy/policy-summary.tsx';
import { useFindingWords } from '../policy/use-finding-words.ts';
import { draftOf, type Policy } from '../policy/wire.ts';
import { entitlements, type WholePackage } from '../wire.ts';

const useStyles = makeStyles({
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  parts: { display: 'grid', gap: tokens.spacingVerticalS },
});

/** By which policies the package is asked for: each in short, to be changed with the forms that made it. */
export function PoliciesTab({ accessPackage }: { readonly accessPackage: WholePackage }) {
  const { t } = useWords();
  const { data: me } = useMe();
  const { data, error, refetch } = useGet<Collection<Policy>>(
    `${entitlements}/accessPackages/${accessPackage.id}/assignmentPolicies`,
  );
  const mayChange = may(me, 'assignmentPolicy.manage');
  const base = `/admin/packages/${accessPackage.id}/policies`;
  if (data === undefined) {
    return error === null ? <Loading /> : <ErrorNote error={error} retry={() => void refetch()} />;
  }
  return (
    <>
      {mayChange ? (
        <Filters>
          <PageButton to={`${base}/new`} icon={<AddRegular />}>
            {t('packages-admin.newPolicy')}
          </PageButton>
          {may(me, 'assignmentPolicy.manageAutomatic') ? (
            <PageButton to={`${base}/new`} search={{ kind: 'automatic' } as never} icon={<BotRegular />}>
              {t('packages-admin.newAutomaticPolicy')}
            </PageButton>
          ) : null}
        </Filters>
      ) : null}
      {data.value.length === 0 ? (
        <Empty
          icon={<DocumentBulletListRegular />}
          title={t('packages-admin.noPolicies')}
          text={t('packages-admin.noPoliciesText')}
        />
      ) : null}
      {data.value.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} accessPackage={accessPackage} mayChange={mayChange} />
      ))}
    </>
  );
}

interface CardProps {
  readonly policy: Policy;
  readonly accessPackage: WholePackage;
  readonly mayChange: boolean;
}

function PolicyCard({ policy, accessPackage, mayChange }: CardProps) {
  const styles = useStyles();
  const { t } = useWords();
  const draft = draftOf(policy, false);
  return (
    <Section
      title={policy.displayName}
      actions={
        <div className={styles.actions}>
          {draft.automaticRequestSettings === null ? null : (
            <Badge appearance="tint">{t('packages-admin.isAutomatic')}</Badge>
          )}
          {mayChange ? (
            <>
              <PageButton
                size="small"
                to={`/admin/packages/${accessPackage.id}/policies/${policy.id}`}
                icon={<EditRegular />}
                aria-label={t('packages-admin.editPart', { part: policy.displayName })}
              >
                {t('catalogs.edit')}
              </PageButton>
              <DeletePolicy policy={policy} />
            </>
          ) : null}
        </div>
      }
    >
      <div className={styles.parts}>
        <Findings policyId={policy.id} />
        <PolicyFacts draft={draft} />
      </div>
    </Section>
  );
}

function PolicyFacts({ draft }: { readonly draft: PolicyDraft }) {
  const { t } = useWords();
  return (
    <>
      <ScopeSummary draft={draft} />
      {draft.automaticRequestSettings === null ? (
        <>
          <StagesSummary draft={draft} />
          <Facts facts={[[t('packages-admin.step.questions'), <QuestionsSummary key="questions" draft={draft} />]]} />
        </>
      ) : null}
      <LifecycleSummary draft={draft} />
    </>
  );
}

/** What the server finds to put right about who decides. Those who may not ask are told nothing. */
function Findings({ policyId }: { readonly policyId: string }) {
  const { t } = useWords();
  const say = useFindingWords();
  const { data } = useGet<Reachability>(`/sallyport/reachability?policyId=${policyId}`);
  return data?.findings.map((finding) => (
    <MessageBar key={`${finding.kind} ${finding.stage}`} intent="warning" layout="multiline">
      <MessageBarBody>
        {finding.stage === null ? null : `${t('policy.stage', { stage: finding.stage })}: `}
        {say(data, finding)}
      </MessageBarBody>
    </MessageBar>
  ));
}

function DeletePolicy({ policy: { id, displayName } }: { readonly policy: Policy }) {
  const { t } = useWords();
  const toast = useToast();
  const send = useSend();
  return (
    <Confirm
      trigger={
        <Button
          size="small"
          icon={<DeleteRegular />}
          aria-label={t('packages-admin.deleteThing', { name: displayName })}
        >
          {t('catalogs.delete')}
        </Button>
      }
      title={t('catalogs.deleteTitle', { name: displayName })}
      confirmLabel={t('catalogs.delete')}
      confirm={async () => {
        await send.mutateAsync({ method: 'DELETE', path: `${entitlements}/assignmentPolicies/${id}` });
        toast.done(t('packages-admin.policyDeleted', { name: displayName }));
      }}
    >
      {t('packages-admin.deletePolicyText')}
    </Confirm>
  );
}
