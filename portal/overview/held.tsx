import { FlashRegular, KeyRegular, PeopleTeamRegular } from '@fluentui/react-icons';
import type { ActivePrivilege, EligiblePrivilege, Privileges } from '../../src/desk/privileges/contract.ts';
import { useGet } from '../api/queries.ts';
import { Section } from '../parts/page.tsx';
import { PageButton, PageLink } from '../parts/page-link.tsx';
import { RefusalNote } from '../parts/step-up.tsx';
import { Time } from '../parts/time.tsx';
import { keyOf } from '../roles/privilege-key.ts';
import { useWords } from '../words/use-words.ts';
import { Countdown } from './countdown.tsx';
import { Entries, Entry } from './entries.tsx';

const shown = 5;

/** What is active now, with what is left of it, and what may be activated. */
export function Held() {
  const { data, error } = useGet<Privileges>('/sallyport/privileges');
  if (error !== null) return <RefusalNote error={error} />;
  if (data === undefined) return null;
  return (
    <>
      <ActiveNow active={data.active} />
      <Eligible eligible={data.eligible.filter(({ isActive }) => !isActive)} />
    </>
  );
}

function ActiveNow({ active }: { readonly active: readonly ActivePrivilege[] }) {
  const { t } = useWords();
  if (active.length === 0) return null;
  return (
    <Section
      title={t('overview.active')}
      actions={
        <PageLink to="/roles" search={{ tab: 'active' } as never}>
          {t('overview.all', { count: active.length })}
        </PageLink>
      }
    >
      <Entries label={t('overview.active')}>
        {active.slice(0, shown).map((held) => (
          <Entry
            key={keyOf(held.privilege)}
            face={held.privilege.kind === 'role' ? <FlashRegular /> : <PeopleTeamRegular />}
            name={held.privilege.displayName}
            to="/roles"
            search={{ tab: 'active' }}
            detail={<Countdown from={held.startDateTime} until={held.endDateTime} />}
          />
        ))}
      </Entries>
    </Section>
  );
}

function Eligible({ eligible }: { readonly eligible: readonly EligiblePrivilege[] }) {
  const { t } = useWords();
  if (eligible.length === 0) return null;
  return (
    <Section
      title={t('overview.eligible')}
      actions={<PageLink to="/roles">{t('overview.all', { count: eligible.length })}</PageLink>}
    >
      <Entries label={t('overview.eligible')}>
        {eligible.slice(0, shown).map(({ privilege, endDateTime, activation }) => (
          <Entry
            key={keyOf(privilege)}
            face={privilege.kind === 'role' ? <KeyRegular /> : <PeopleTeamRegular />}
            name={privilege.displayName}
            to="/roles"
            detail={
              endDateTime === null ? (
                t('access.noEnd')
              ) : (
                <>
                  {t('overview.eligibleFor')} <Time at={endDateTime} as="left" />
                </>
              )
            }
            end={
              activation.isPossible && activation.pendingRequest === null ? (
                <PageButton
                  size="small"
                  to="/roles"
                  search={{ activate: keyOf(privilege) } as never}
                  aria-label={t('access.actionOn', { action: t('overview.activate'), name: privilege.displayName })}
                >
                  {t('overview.activate')}
                </PageButton>
              ) : undefined
            }
          />
        ))}
      </Entries>
    </Section>
  );
}
