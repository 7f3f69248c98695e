import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import type { Timeline } from '../../src/desk/timeline/contract.ts';
import { useMe } from '../api/me.ts';
import { useGet } from '../api/queries.ts';
import { type AssignmentRequest, entitlements } from '../packages/wire.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PageButton, Trail } from '../parts/page-link.tsx';
import { Person } from '../parts/people.tsx';
import { StandingBadge, standingOf } from '../parts/standing.tsx';
import { StoryLink } from '../parts/story-link.tsx';
import { useWords } from '../words/use-words.ts';
import { CancelRequest } from './cancel-request.tsx';
import { NowWith } from './now-with.tsx';
import { RequestFacts } from './request-facts.tsx';
import { useRequestKind } from './request-kind.ts';
import { RequestStory } from './request-story.tsx';
import { WhatCameOfIt } from './what-came-of-it.tsx';

const useStyles = makeStyles({
  columns: {
    display: 'grid',
    gap: tokens.spacingHorizontalXL,
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    alignItems: 'start',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
});

/** One request: how it stands, who has it now, what comes next, and what was said in it. */
export function RequestStoryPage() {
  const { t } = useWords();
  const { requestId = '' } = useParams({ strict: false });
  const request = useGet<AssignmentRequest>(
    `${entitlements}/assignmentRequests/${requestId}?$expand=accessPackage,requestor,assignment($expand=target,assignmentPolicy)`,
  );
  const timeline = useGet<Timeline>(`/sallyport/assignmentRequests/${requestId}/timeline`);
  if (request.data !== undefined && timeline.data !== undefined) {
    return <Told request={request.data} timeline={timeline.data} />;
  }
  const error = request.error ?? timeline.error;
  return (
    <Page trail={<Way />} title={t('access.theRequest')}>
      {error === null ? <Loading /> : <ErrorNote error={error} retry={() => void request.refetch()} />}
    </Page>
  );
}

function Way() {
  const { t } = useWords();
  return <Trail steps={[{ to: '/requests', name: t('shell.nav.requests') }]} />;
}

function Told({ request, timeline }: { readonly request: AssignmentRequest; readonly timeline: Timeline }) {
  const styles = useStyles();
  const { t } = useWords();
  const kindOf = useRequestKind();
  const { data: me } = useMe();
  const { requestor, target } = timeline;
  const isAsked = timeline.steps.some(
    ({ step, state, holders }) => step === 'stage' && state === 'current' && holders.some(({ id }) => id === me?.id),
  );
  const isOwn = me === undefined || [requestor.id, target.id].includes(me.id);
  return (
    <Page
      trail={isOwn ? <Way /> : undefined}
      title={timeline.what.displayName}
      text={
        <span className={styles.head}>
          <StandingBadge size="large" standing={standingOf(request)} />
          <Text>{kindOf(request.requestType)}</Text>
          {isOwn ? null : <Person name={target.displayName} />}
        </span>
      }
      actions={
        <>
          {isAsked ? (
            <PageButton appearance="primary" to={`/approvals/${request.id}`}>
              {t('overview.review')}
            </PageButton>
          ) : null}
          <CancelRequest cancellation={timeline.cancellation} />
          <StoryLink of={request.id} />
          {request.accessPackage ? (
            <PageButton to={`/packages/${request.accessPackage.id}`}>{t('access.showPackage')}</PageButton>
          ) : null}
        </>
      }
    >
      <NowWith timeline={timeline} isOwn={isOwn} />
      <WhatCameOfIt request={request} isOwn={isOwn} />
      <div className={styles.columns}>
        <Section title={t('access.story')}>
          <RequestStory timeline={timeline} />
        </Section>
        <Section title={t('access.theRequest')}>
          <RequestFacts request={request} />
        </Section>
      </div>
    </Page>
  );
}
