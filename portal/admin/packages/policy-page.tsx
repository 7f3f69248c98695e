import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { type Collection, eventual, refresh, useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../parts/error-note.tsx';
import { faultsOf } from '../../parts/fault.ts';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { PageButton, Trail } from '../../parts/page-link.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { RefusalNote } from '../../parts/step-up.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useDraft } from '../../parts/use-draft.ts';
import { useWords } from '../../words/use-words.ts';
import { ApprovalPart, NotificationsPart } from '../policy/approval-part.tsx';
import { AutomaticPart } from '../policy/automatic-part.tsx';
import { newAutomaticPolicy, newPolicy, type PolicyDraft } from '../policy/draft.ts';
import { type PolicyForm, PolicyFormProvider } from '../policy/form.tsx';
import { keepPolicy } from '../policy/keep.ts';
import { LifecyclePart } from '../policy/lifecycle-part.tsx';
import { QuestionsPart } from '../policy/questions-part.tsx';
import { NamePart, ScopePart } from '../policy/scope-part.tsx';
import { draftOf, type Policy } from '../policy/wire.ts';
import { entitlements, type WholePackage } from '../wire.ts';

const useStyles = makeStyles({
  form: { maxWidth: '920px', outlineStyle: 'none' },
  note: { marginBottom: tokens.spacingVerticalL },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    marginTop: tokens.spacingVerticalL,
    paddingBlock: tokens.spacingVerticalM,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

interface Own {
  readonly allowsSameApproverInSeveralStages: boolean;
}

/** One policy of a package, new or to be changed, with the forms of the wizard. */
export function PolicyPage() {
  const { t } = useWords();
  const { packageId, policyId } = useParams({ strict: false }) as { packageId: string; policyId: string };
  const isNew = policyId === 'new';
  const isAutomatic = useAddress().get('kind') === 'automatic';
  const { data: accessPackage, error } = useGet<WholePackage>(
    `${entitlements}/accessPackages/${packageId}?$expand=catalog($select=id,displayName)`,
  );
  const read = useGet<Policy>(`${entitlements}/assignmentPolicies/${policyId}`, { enabled: !isNew });
  const own = useGet<Own>(`/sallyport/assignmentPolicies/${policyId}`, { enabled: !isNew });
  const present = useMemo(() => {
    if (isNew) return (isAutomatic ? newAutomaticPolicy : newPolicy)('');
    if (read.data === undefined || own.data === undefined) return null;
    return draftOf(read.data, own.data.allowsSameApproverInSeveralStages);
  }, [isNew, isAutomatic, read.data, own.data]);
  const trail = (
    <Trail
      steps={[
        { to: '/admin/packages', name: t('shell.nav.admin.packages') },
        { to: `/admin/packages/${packageId}`, name: accessPackage?.displayName ?? t('packages-admin.one') },
      ]}
    />
  );
  const failure = error ?? read.error ?? own.error;
  return (
    <Page
      trail={trail}
      title={
        isNew
          ? t(isAutomatic ? 'packages-admin.newAutomaticPolicy' : 'packages-admin.newPolicy')
          : (read.data?.displayName ?? t('packages-admin.policy'))
      }
    >
      {accessPackage === undefined || present === null ? (
        failure === null ? (
          <Loading />
        ) : (
          <RefusalNote error={failure} />
        )
      ) : (
        <PolicyEditor
          key={policyId + String(isAutomatic)}
          accessPackage={accessPackage}
          policyId={isNew ? null : policyId}
          present={present}
        />
      )}
    </Page>
  );
}

interface EditorProps {
  readonly accessPackage: WholePackage;
  readonly policyId: string | null;
  /** The policy as it is, or as a new one begins. */
  readonly present: PolicyDraft;
}

interface Kept {
  readonly policy: PolicyDraft;
  /** A policy that is there by its name alone, because keeping it was refused half way. */
  readonly madeId: string | null;
}

function PolicyEditor({ accessPackage, policyId, present }: EditorProps) {
  const styles = useStyles();
  const { t } = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const navigate = useNavigate();
  const name = policyId ?? `new:${accessPackage.id}:${present.automaticRequestSettings === null}`;
  const [initial] = useState<Kept>({ policy: present, madeId: null });
  const { draft, change, forget } = useDraft<Kept>(`policy:${name}`, initial);
  const setPolicy = useCallback((policy: PolicyDraft) => change({ policy }), [change]);
  const [wasBegun, setBegun] = useState(() => JSON.stringify(draft) !== JSON.stringify(initial));
  const [tried, setTried] = useState<readonly string[]>([]);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const place = useRef<HTMLDivElement>(null);
  const back = `/admin/packages/${accessPackage.id}`;
  const save = async (form: PolicyForm) => {
    setTried(['']);
    if (form.faults.length > 0) {
      setTimeout(() => place.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setSaving(true);
    setError(null);
    try {
      await keepPolicy({
        draft: draft.policy,
        packageId: accessPackage.id,
        policyId: policyId ?? draft.madeId,
        made: (madeId) => change({ madeId }),
      });
      forget();
      toast.done(t('packages-admin.policyKept', { name: draft.policy.displayName }));
      await refresh(client);
      await navigate({ to: back, search: { tab: 'policies' } } as never);
    } catch (fault) {
      setError(fault);
    } finally {
      setSaving(false);
    }
  };
  return (
    <PolicyFormProvider
      draft={draft.policy}
      place={{ catalogId: accessPackage.catalog.id, packageId: accessPackage.id }}
      tried={tried}
      refused={faultsOf(error)}
      change={setPolicy}
    >
      {(form) => (
        <div ref={place} tabIndex={-1} className={styles.form}>
          {wasBegun ? (
            <MessageBar layout="multiline" className={styles.note}>
              <MessageBarBody>{t('packages-admin.policyDraftKept')}</MessageBarBody>
              <MessageBarActions>
                <Button
                  size="small"
                  onClick={() => {
                    change({ policy: present });
                    setBegun(false);
                  }}
                >
                  {t('packages-admin.startOver')}
                </Button>
              </MessageBarActions>
            </MessageBar>
          ) : null}
          {policyId === null ? null : <PendingNote policyId={policyId} />}
          <NamePart />
          {draft.policy.automaticRequestSettings === null ? (
            <>
              <ScopePart />
              <ApprovalPart />
              <Section title={t('packages-admin.step.questions')}>
                <QuestionsPart />
              </Section>
              <LifecyclePart />
            </>
          ) : (
            <>
              <AutomaticPart />
              <NotificationsPart />
            </>
          )}
          {form.error === null ? null : <ErrorNote error={form.error} />}
          {error === null ? null : <RefusalNote error={error} />}
          <div className={styles.foot}>
            <Button
              appearance="primary"
              disabledFocusable={isSaving || form.isPending}
              icon={isSaving ? <Spinner size="tiny" /> : undefined}
              onClick={() => void save(form)}
            >
              {t('parts.save')}
            </Button>
            <PageButton to={back} search={{ tab: 'policies' } as never} onClick={forget}>
              {t('parts.cancel')}
            </PageButton>
          </div>
        </div>
      )}
    </PolicyFormProvider>
  );
}

/** Requests that wait keep the policy that they met: whoever changes it should know. */
function PendingNote({ policyId }: { readonly policyId: string }) {
  const styles = useStyles();
  const { t } = useWords();
  const { data } = useGet<Collection<unknown>>(
    withOptions(`${entitlements}/assignmentRequests`, {
      $filter: `assignment/assignmentPolicy/id eq ${literal(policyId)} and state eq 'pendingApproval'`,
      $count: 'true',
      $top: '1',
      $select: 'id',
    }),
    { headers: eventual },
  );
  const count = data?.['@odata.count'] ?? 0;
  if (count === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.note}>
      <MessageBarBody>{t('packages-admin.pendingKeep', { count })}</MessageBarBody>
    </MessageBar>
  );
}
