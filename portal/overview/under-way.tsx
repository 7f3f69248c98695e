import { SendClockRegular } from '@fluentui/react-icons';
import type { Overview } from '../../src/desk/overview/contract.ts';
import { Section } from '../parts/page.tsx';
import { PageLink } from '../parts/page-link.tsx';
import { StandingBadge } from '../parts/standing.tsx';
import { Time } from '../parts/time.tsx';
import { WaitsWith } from '../requests/waits-with.tsx';
import { useWords } from '../words/use-words.ts';
import { Entries, Entry } from './entries.tsx';

const shown = 5;

type Waiting = Overview['pendingRequests']['items'][number];

/** What the person has asked for at either door and waits for. Nothing where nothing is under way. */
export function UnderWay({ requests: { count, items } }: { readonly requests: Overview['pendingRequests'] }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <Section
      title={t('overview.underWay')}
      actions={count > shown ? <PageLink to="/requests">{t('overview.all', { count })}</PageLink> : null}
    >
      <Entries label={t('overview.underWay')}>
        {items.slice(0, shown).map((request) => (
          <Entry
            key={request.id}
            face={<SendClockRegular />}
            name={request.displayName}
            to={request.kind === 'accessPackage' ? `/requests/${request.id}` : '/roles'}
            detail={<HowFar request={request} />}
            end={<StandingBadge size="large" standing={request.state} />}
          />
        ))}
      </Entries>
    </Section>
  );
}

function HowFar({ request: { id, kind, state, stage, stages, until } }: { readonly request: Waiting }) {
  const { t } = useWords();
  if (state === 'scheduled') {
    return (
      <>
        {t('overview.starts')} <Time at={until} />
      </>
    );
  }
  return (
    <>
      {stage === null ? '' : `${t('overview.stageOf', { stage, stages })} · `}
      {t('overview.decidedUntil')} <Time at={until} as="short" />
      {kind === 'accessPackage' ? <WaitsWith requestId={id} /> : null}
    </>
  );
}
