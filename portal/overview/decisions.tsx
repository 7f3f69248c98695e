import { Avatar } from '@fluentui/react-components';
import type { Overview } from '../../src/desk/overview/contract.ts';
import { Section } from '../parts/page.tsx';
import { PageButton, PageLink } from '../parts/page-link.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { Entries, Entry } from './entries.tsx';

/** How many are shown here; the rest is in the room of approvals. */
const shown = 5;

/** What waits for the person's decision, the most urgent first. */
export function Decisions({ approvals: { count, items } }: { readonly approvals: Overview['approvals'] }) {
  const { t } = useWords();
  if (count === 0) return null;
  return (
    <Section
      title={t('overview.decisions')}
      actions={count > shown ? <PageLink to="/approvals">{t('overview.all', { count })}</PageLink> : null}
    >
      <Entries label={t('overview.decisions')}>
        {items.slice(0, shown).map(({ id, kind, displayName, requestor, stage, stages, deadline }) => (
          <Entry
            key={id}
            face={<Avatar name={requestor.displayName} size={32} color="colorful" />}
            name={displayName}
            to={`/approvals/${id}`}
            detail={t(kind === 'activation' ? 'overview.wantsToActivate' : 'overview.asksFor', {
              name: requestor.displayName,
              stage,
              stages,
            })}
            end={
              <>
                <Time at={deadline} as="left" />
                <PageButton
                  size="small"
                  appearance="primary"
                  to={`/approvals/${id}`}
                  aria-label={t('overview.reviewOf', { name: requestor.displayName, what: displayName })}
                >
                  {t('overview.review')}
                </PageButton>
              </>
            }
          />
        ))}
      </Entries>
    </Section>
  );
}
