import { SendClockRegular } from '@fluentui/react-icons';
import { type Collection, useGet } from '../api/queries.ts';
import { type AssignmentRequest, entitlements } from '../packages/wire.ts';
import { Section } from '../parts/page.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { withOptions } from '../parts/picked.ts';
import { RefusalNote } from '../parts/step-up.tsx';
import { Time } from '../parts/time.tsx';
import { RequestBadge } from '../requests/request-badge.tsx';
import { useWords } from '../words/use-words.ts';
import { Entries, Entry } from './entries.tsx';

const shown = 5;

/** What the person has asked for and waits for. Nothing where nothing is under way. */
export function UnderWay() {
  const { t } = useWords();
  const { data, error } = useGet<Collection<AssignmentRequest>>(
    withOptions(`${entitlements}/assignmentRequests/filterByCurrentUser(on='targetOrRequestor')`, {
      $filter: "state eq 'pendingApproval' or state eq 'scheduled'",
      $orderby: 'createdDateTime desc',
      $count: 'true',
      $top: String(shown),
      $expand: 'accessPackage($select=id,displayName)',
    }),
  );
  if (error !== null) return <RefusalNote error={error} />;
  const count = data?.['@odata.count'] ?? 0;
  if (data === undefined || count === 0) return null;
  return (
    <Section
      title={t('overview.underWay')}
      actions={count > shown ? <PageLink to="/requests">{t('overview.all', { count })}</PageLink> : null}
    >
      <Entries label={t('overview.underWay')}>
        {data.value.map((request) => (
          <Entry
            key={request.id}
            face={<SendClockRegular />}
            name={request.accessPackage?.displayName ?? t('access.packageGone')}
            to={`/requests/${request.id}`}
            detail={
              <>
                {t('overview.asked')} <Time at={request.createdDateTime} />
              </>
            }
            end={<RequestBadge request={request} />}
          />
        ))}
      </Entries>
    </Section>
  );
}
