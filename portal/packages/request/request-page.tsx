import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { BoxRegular, ClipboardTextEditRegular } from '@fluentui/react-icons';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { PackageContents } from '../../../src/entitlements/contents/contract.ts';
import type { Explanation } from '../../../src/entitlements/explain/contract.ts';
import type { Offer } from '../../../src/entitlements/offer/contract.ts';
import { type Collection, useGet } from '../../api/queries.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Trail } from '../../parts/page-link.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { useWords } from '../../words/use-words.ts';

import { ContentsPicture } from '../contents-picture.tsx';
import { ContentsText } from '../contents-text.tsx';
import { offers } from '../offers.ts';
import { useTerms } from '../terms.ts';
import type { Requirements } from '../wire.ts';
import { ApprovalPath } from './approval-path.tsx';
import { Blockers } from './blockers.tsx';
import { useWish } from './draft.ts';
import { ForWhom, isSomebodyElse } from './for-whom.tsx';
import { policiesOf, useExplanation } from './reading.ts';
import { RequestForm } from './request-form.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gap: tokens.spacingHorizontalXL,
    gridTemplateColumns: 'minmax(0, 1fr) 380px',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  main: { minWidth: 0 },
  part: { display: 'grid', gap: tokens.spacingVerticalL },
  scroll: { overflowX: 'auto' },
});

/** One package: what it opens, who decides about it, and the way to ask for it. */
export function RequestPage() {
  const { t } = useWords();
  const { packageId = '' } = useParams({ strict: false });
  const { data: contents, error, refetch } = useGet<PackageContents>(`${offers}/${packageId}/contents`);
  return (
    <Page
      trail={<Trail steps={[{ to: '/packages', name: t('shell.nav.packages') }]} />}
      title={contents?.accessPackage.displayName ?? t('access.package')}
      text={contents?.accessPackage.description}
      actions={<CopyButton text={`${location.origin}/packages/${packageId}`} label={t('parts.copyLink')} />}
    >
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {contents === undefined && error === null ? <Loading /> : null}
      {contents === undefined ? null : (
        <Tabs
          label={contents.accessPackage.displayName}
          tabs={[
            {
              id: 'request',
              title: t('access.tab.request'),
              icon: <ClipboardTextEditRegular />,
              content: () => <Asking packageId={packageId} />,
            },
            {
              id: 'resources',
              title: t('access.tab.resources'),
              icon: <BoxRegular />,
              content: () => <Resources contents={contents} />,
            },
          ]}
        />
      )}
    </Page>
  );
}

function Resources({ contents }: { readonly contents: PackageContents }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <>
      <Section title={t('access.picture')}>
        <div className={styles.scroll}>
          <ContentsPicture contents={contents} />
        </div>
      </Section>
      <Section title={t('access.inWords')}>
        <ContentsText gives={contents.gives} />
      </Section>
    </>
  );
}

function Asking({ packageId }: { readonly packageId: string }) {
  const wish = useWish(packageId);
  const { data, error, refetch } = useGet<Collection<Offer>>(
    withOptions(offers, { $filter: `id eq ${literal(packageId)}` }),
  );
  if (error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  return data === undefined ? <Loading /> : <Wishing packageId={packageId} offer={data.value[0]} wish={wish} />;
}

interface WishingProps {
  readonly packageId: string;
  /** Undefined where the package is shown only to who has its link. */
  readonly offer: Offer | undefined;
  readonly wish: ReturnType<typeof useWish>;
}

/** For whom, what stands in the way, what has to be brought; beside it, what would come of it. */
function Wishing({ packageId, offer, wish }: WishingProps) {
  const styles = useStyles();
  const { t } = useWords();
  const { draft } = wish;
  const isKnownForWhom = !isSomebodyElse(offer, draft) || draft.targetId !== '';
  const { data, error, refetch } = useExplanation(packageId, draft, isKnownForWhom);
  const explanation = isKnownForWhom ? data : undefined;
  useForgetGonePolicy(wish, explanation);
  return (
    <div className={styles.columns}>
      <Section title={t('access.yourRequest')} className={styles.main}>
        <div className={styles.part}>
          <ForWhom offer={offer} packageId={packageId} wish={wish} />
          {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
          {isKnownForWhom && explanation === undefined && error === null ? <Loading /> : null}
          {explanation === undefined ? null : (
            <Demands
              packageId={packageId}
              wish={wish}
              explanation={explanation}
              pendingRequestId={draft.targetId === '' ? (offer?.pendingRequestId ?? null) : null}
            />
          )}
        </div>
      </Section>
      {explanation === undefined || hindrances(explanation).length > 0 ? null : (
        <Section title={t('access.whoDecides')}>
          {explanation.policy === null ? (
            <Text>{t('access.choosePolicy')}</Text>
          ) : (
            <ApprovalPath explanation={explanation} />
          )}
        </Section>
      )}
    </div>
  );
}

interface DemandsProps {
  readonly packageId: string;
  readonly wish: ReturnType<typeof useWish>;
  readonly explanation: Explanation;
  readonly pendingRequestId: string | null;
}

/** What stands in the way or, if nothing does, by which policy it is asked and what that wants. */
function Demands({ packageId, wish, explanation, pendingRequestId }: DemandsProps) {
  const blockers = hindrances(explanation);
  if (blockers.length > 0) return <Blockers blockers={blockers} pendingRequestId={pendingRequestId} />;
  const policies = policiesOf(explanation);
  const chosen = policies.find(({ policyId }) => policyId === explanation.policy?.id);
  return (
    <>
      {policies.length > 1 ? (
        <Policies policies={policies} chosen={wish.draft.policyId} choose={(policyId) => wish.change({ policyId })} />
      ) : null}
      {chosen === undefined ? null : (
        <RequestForm packageId={packageId} wish={wish} requirements={chosen} explanation={explanation} />
      )}
    </>
  );
}

/** What stands in the way; that a policy has yet to be chosen does not. */
function hindrances({ blockers }: Explanation): Explanation['blockers'] {
  return blockers.filter(({ code }) => code !== 'PolicyChoiceRequired');
}

/** A draft may be older than the policies: one that is gone is not asked by. */
function useForgetGonePolicy(
  { draft, change }: ReturnType<typeof useWish>,
  explanation: Explanation | undefined,
): void {
  const isGone =
    draft.policyId !== '' &&
    explanation !== undefined &&
    !policiesOf(explanation).some(({ policyId }) => policyId === draft.policyId);
  useEffect(() => {
    if (isGone) change({ policyId: '' });
  }, [isGone, change]);
}

interface PoliciesProps {
  readonly policies: readonly Requirements[];
  readonly chosen: string;
  choose(policyId: string): void;
}

/** Where several policies are for the person, they say by which they ask: it decides who approves and for how long. */
function Policies({ policies, chosen, choose }: PoliciesProps) {
  const { t } = useWords();
  const { lasting } = useTerms();
  return (
    <Field label={t('access.policy')} hint={t('access.policyHint')} required>
      <RadioGroup value={chosen} onChange={(_event, { value }) => choose(value)}>
        {policies.map((policy) => (
          <Radio
            key={policy.policyId}
            value={policy.policyId}
            label={t('access.policyAbout', {
              name: policy.policyDisplayName,
              lasting: lasting(policy.schedule.expiration),
              about: policy.policyDescription ?? '',
            })}
          />
        ))}
      </RadioGroup>
    </Field>
  );
}
