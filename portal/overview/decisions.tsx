import { Avatar } from '@fluentui/react-components';
import type { ApprovalRow } from '../../src/desk/approvals/contract.ts';
import { type Collection, useGet } from '../api/queries.ts';
import { Section } from '../parts/page.tsx';
import { PageButton, PageLink } from '../parts/page-link.tsx';
import { withOptions } from '../parts/picked.ts';
import { RefusalNote } from '../parts/step-up.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { Entries, Entry } from './entries.tsx';

/** How many are shown here; the rest is in the room of approvals. */
const shown = 5;

/** What waits for the person's decision, the most urgent first. */
export function Decisions({ count }: { readonly count: number }) {
  const { t } = useWords();
  const { data, error } = useGet<Collection<ApprovalRow>>(
    withOptions('/sallyport/approvals', {
      $filter: "status eq 'pending'",
      $orderby: 'deadline',
      $top: String(shown),
    }),
    { enabled: count > 0 },
  );
  if (count === 0) return null;
  return (
    <Section
      title={t('overview.decisions')}
      actions={count > shown ? <PageLink to="/approvals">{t('overview.all', { count })}</PageLink> : null}
    >
      {error === null ? null : <RefusalNote error={error} />}
      <Entries label={t('overview.decisions')}>
        {(data?.value ?? []).map((row) => (
          <Entry
            key={row.id}
            face={<Avatar name={row.target.displayName} size={32} color="colorful" />}
            name={row.displayName}
            to={pathOf(row)}
            detail={t(row.kind === 'activation' ? 'overview.wantsToActivate' : 'overview.asksFor', {
              name: row.target.displayName,
              stage: row.stage,
              stages: row.stages,
            })}
            end={
              <>
                {row.deadline === null ? null : <Time at={row.deadline} as="left" />}
                <PageButton
                  size="small"
                  appearance="primary"
                  to={pathOf(row)}
                  aria-label={t('overview.reviewOf', { name: row.target.displayName, what: row.displayName })}
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

function pathOf({ id, kind, what }: ApprovalRow): string {
  return `/approvals/${kind === 'accessPackage' ? 'package' : what.type}/${id}`;
}
