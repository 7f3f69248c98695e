import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { BoxRegular, ClipboardTextEditRegular } from '@fluentui/react-icons';
import { useParams } from '@tanstack/react-router';
import type { PackageContents } from '../../../src/entitlements/contents/contract.ts';
import type { Offer } from '../../../src/entitlements/offer/contract.ts';
import { type Collection, useGet } from '../../api/queries.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { ErrorNote } from '../../parts/error-note.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { Trail } from '../../parts/page-link.tsx';
import { People } from '../../parts/people.tsx';
import { literal, withOptions } from '../../parts/picked.ts';
import { Tabs } from '../../parts/tabs.tsx';
import { useSession } from '../../shell/session.tsx';
import { useWords } from '../../words/use-words.ts';

import { ContentsPicture } from '../contents-picture.tsx';
import { ContentsText } from '../contents-text.tsx';
import { offers } from '../offers.ts';
import { useTerms } from '../terms.ts';
import type { Requirements } from '../wire.ts';
import { ApprovalPath } from './approval-path.tsx';
import { Blockers } from './blockers.tsx';
import { useWish } from './draft.ts';
import { useExplanation, useRequirements } from './reading.ts';
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
  const styles = useStyles();
  const { t } = useWords();
  const { user } = useSession();
  const wish = useWish(packageId);
  const { data: requirements, error, refetch } = useRequirements(packageId);
  const { data: offered } = useGet<Collection<Offer>>(withOptions(offers, { $filter: `id eq ${literal(packageId)}` }));
  const chosen = chosenOf(requirements?.value ?? [], wish.draft.policyId);
  const { data: explanation, error: unexplained } = useExplanation(packageId, {
    policyId: chosen?.policyId ?? '',
    targetId: wish.draft.targetId,
  });
  const failed = error ?? unexplained;
  if (failed !== null) return <ErrorNote error={failed} retry={() => void refetch()} />;
  if (requirements === undefined || explanation === undefined) return <Loading />;
  const blockers = explanation.blockers.filter(({ code }) => code !== 'PolicyChoiceRequired');
  return (
    <div className={styles.columns}>
      <Section title={t('access.yourRequest')} className={styles.main}>
        <div className={styles.part}>
          <Field label={t('access.forWhom')}>
            <People label={t('access.forWhom')} people={[user]} />
          </Field>
          <Blockers blockers={blockers} pendingRequestId={offered?.value[0]?.pendingRequestId ?? null} />
          {requirements.value.length > 1 && blockers.length === 0 ? (
            <Policies
              policies={requirements.value}
              chosen={chosen?.policyId ?? ''}
              choose={(policyId) => wish.change({ policyId })}
            />
          ) : null}
          {chosen === undefined || blockers.length > 0 ? null : (
            <RequestForm packageId={packageId} wish={wish} requirements={chosen} explanation={explanation} />
          )}
        </div>
      </Section>
      {blockers.length > 0 ? null : (
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

/** The policy that was chosen; the only one where there is no choice. */
function chosenOf(policies: readonly Requirements[], policyId: string): Requirements | undefined {
  return policies.length === 1 ? policies[0] : policies.find((one) => one.policyId === policyId);
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
