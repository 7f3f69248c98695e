import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import type { ApprovalCase } from '../../src/desk/approvals/contract.ts';
import { useGet } from '../api/queries.ts';
import { Opens } from '../packages/contents-picture.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Trail } from '../parts/page-link.tsx';
import { StandingBadge } from '../parts/standing.tsx';
import { RefusalNote } from '../parts/step-up.tsx';
import { StoryLink } from '../parts/story-link.tsx';
import { useWords } from '../words/use-words.ts';
import { CaseFacts, useKind } from './case-facts.tsx';
import { CaseStages } from './case-stages.tsx';
import { Decision } from './decision.tsx';
import { Holds } from './holds.tsx';
import { TakeBack } from './take-back.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    columnGap: tokens.spacingHorizontalXL,
    gridTemplateColumns: 'minmax(0, 1fr) 400px',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  // What is to be decided is in sight while the facts are read.
  aside: {
    minWidth: 0,
    '@media (min-width: 1101px)': { position: 'sticky', top: tokens.spacingVerticalL },
  },
  main: { minWidth: 0 },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** One request, with all that an approver needs to decide about it. */
export function ApprovalPage() {
  const { t } = useWords();
  const { approvalId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useGet<ApprovalCase>(`/sallyport/approvals/${approvalId}`);
  if (data !== undefined) return <Case of={data} />;
  return (
    <Page trail={<Way />} title={t('approvals.case')}>
      {error === null ? <Loading /> : <RefusalNote error={error} retry={() => void refetch()} />}
    </Page>
  );
}

function Way() {
  const { t } = useWords();
  return <Trail steps={[{ to: '/approvals', name: t('shell.nav.approvals') }]} />;
}

function Case({ of }: { readonly of: ApprovalCase }) {
  const styles = useStyles();
  const { t } = useWords();
  const kind = useKind()(of);
  const { what, requestor, target, opens, mayTakeBack } = of;
  return (
    <Page
      trail={<Way />}
      title={t('approvals.case.title', { name: (target ?? requestor).displayName, what: what.displayName })}
      text={
        <span className={styles.head}>
          <StandingBadge size="large" standing={of.state === 'pending' ? 'pendingApproval' : of.state} />
          <Text>{kind}</Text>
        </span>
      }
      actions={
        <>
          {mayTakeBack.isPossible ? <TakeBack of={of} /> : null}
          <StoryLink of={of.id} />
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <CaseFacts of={of} />
          <Section title={t('approvals.case.opens')}>
            <Opens
              gives={opens}
              {...(of.kind === 'accessPackage' ? { from: { kind: t('access.package'), name: what.displayName } } : {})}
            />
          </Section>
          <Holds of={of} />
        </div>
        <div className={styles.aside}>
          <Decision of={of} />
          <Section title={t('approvals.case.history')}>
            <CaseStages of={of} />
          </Section>
        </div>
      </div>
    </Page>
  );
}
