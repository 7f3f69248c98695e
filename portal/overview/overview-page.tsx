import { makeStyles, tokens } from '@fluentui/react-components';
import type { Overview } from '../../src/desk/overview/contract.ts';
import { type Me, useMe } from '../api/me.ts';
import { useGet } from '../api/queries.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { useNow } from '../shell/now.tsx';
import { useSession } from '../shell/session.tsx';
import { useWords } from '../words/use-words.ts';
import { AtAGlance } from './at-a-glance.tsx';
import { Decisions } from './decisions.tsx';
import { EndingSoon } from './ending-soon.tsx';
import { Held } from './held.tsx';
import { Newcomer } from './newcomer.tsx';
import { Suggestions } from './suggestions.tsx';
import { UnderWay } from './under-way.tsx';

const useStyles = makeStyles({
  // As many beside each other as there are and as fit: one alone has all the room.
  grid: {
    display: 'grid',
    columnGap: tokens.spacingHorizontalXL,
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))',
  },
});

/** What needs the person, what they hold, what ends soon. */
export function OverviewPage() {
  const styles = useStyles();
  const { data: me, error, refetch } = useMe();
  const overview = useGet<Overview>('/sallyport/overview');
  const greeting = useGreeting();
  return (
    <Page title={greeting} text={useSummary(me)}>
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {overview.error === null ? null : <ErrorNote error={overview.error} retry={() => void overview.refetch()} />}
      {me === undefined ? (
        error === null && <Loading />
      ) : (
        <>
          <AtAGlance counts={me.counts} />
          <div className={styles.grid}>
            {overview.data === undefined ? null : <Decisions approvals={overview.data.approvals} />}
            <Held />
            {overview.data === undefined ? null : (
              <>
                <UnderWay requests={overview.data.pendingRequests} />
                <EndingSoon packages={overview.data.packages} />
              </>
            )}
          </div>
          <Newcomer counts={me.counts} />
          <Suggestions />
        </>
      )}
    </Page>
  );
}

/** Says hello by the hour of governance time where the person is. */
function useGreeting(): string {
  const { t } = useWords();
  const { user } = useSession();
  const hour = new Date(useNow(60_000)).getHours();
  const [name = user.displayName] = user.displayName.split(' ');
  if (hour >= 5 && hour < 11) return t('overview.morning', { name });
  if (hour >= 11 && hour < 18) return t('overview.day', { name });
  return t('overview.evening', { name });
}

/** What there is to do, in a sentence. */
function useSummary(me: Me | undefined): string | null {
  const { t } = useWords();
  if (me === undefined) return null;
  const { pendingApprovals, pendingRequests } = me.counts;
  if (pendingApprovals > 0) return t('overview.summary.decisions', { count: pendingApprovals });
  if (pendingRequests > 0) return t('overview.summary.requests', { count: pendingRequests });
  return t('overview.summary.calm');
}
