import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { useParams } from '@tanstack/react-router';
import { useGet } from '../api/queries.ts';
import { type AssignmentRequest, entitlements } from '../packages/wire.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page, Section } from '../parts/page.tsx';
import { PageButton, Trail } from '../parts/page-link.tsx';
import { useWords } from '../words/use-words.ts';
import { CancelRequest } from './cancel-request.tsx';
import { RequestBadge } from './request-badge.tsx';
import { RequestFacts } from './request-facts.tsx';
import { useRequestKind } from './request-kind.ts';
import { RequestStory } from './request-story.tsx';

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
  const styles = useStyles();
  const { t } = useWords();
  const kindOf = useRequestKind();
  const { requestId = '' } = useParams({ strict: false });
  const {
    data: request,
    error,
    refetch,
  } = useGet<AssignmentRequest>(
    `${entitlements}/assignmentRequests/${requestId}?$expand=accessPackage,requestor,assignment($expand=target,assignmentPolicy)`,
  );
  const trail = <Trail steps={[{ to: '/requests', name: t('shell.nav.requests') }]} />;
  if (request === undefined) {
    return (
      <Page trail={trail} title={t('access.theRequest')}>
        {error === null ? <Loading /> : <ErrorNote error={error} retry={() => void refetch()} />}
      </Page>
    );
  }
  const name = request.accessPackage?.displayName ?? t('access.packageGone');
  return (
    <Page
      trail={trail}
      title={name}
      text={
        <span className={styles.head}>
          <RequestBadge request={request} />
          <Text>{kindOf(request.requestType)}</Text>
        </span>
      }
      actions={
        <>
          <CancelRequest request={request} />
          {request.accessPackage ? (
            <PageButton to={`/packages/${request.accessPackage.id}`}>{t('access.showPackage')}</PageButton>
          ) : null}
        </>
      }
    >
      <div className={styles.columns}>
        <Section title={t('access.story')}>
          <RequestStory request={request} />
        </Section>
        <Section title={t('access.theRequest')}>
          <RequestFacts request={request} />
        </Section>
      </div>
    </Page>
  );
}
