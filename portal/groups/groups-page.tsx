import { Badge, Card, makeStyles, Text, tokens } from '@fluentui/react-components';
import { PeopleTeamRegular } from '@fluentui/react-icons';
import type { HeldGroup, Privileges } from '../../src/desk/privileges/contract.ts';
import { useGet } from '../api/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { PageButton } from '../parts/page-link.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { Time } from '../parts/time.tsx';
import { useBecause, WayLine } from '../roles/ways.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  card: { padding: tokens.spacingHorizontalL, marginBottom: tokens.spacingVerticalM },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  name: { margin: 0, flexGrow: 1, overflowWrap: 'anywhere' },
});

const tabWords = { member: 'groups.member', eligible: 'groups.eligible', owned: 'groups.owned' } as const;

/** Groups that one owns, is in, or may join for a while. */
export function GroupsPage() {
  const { t } = useWords();
  const { data, error, refetch } = useGet<Privileges>('/sallyport/privileges');
  const tab = (id: 'member' | 'eligible' | 'owned', groups: Privileges['groups']) => ({
    id,
    title: groups[id].length === 0 ? t(tabWords[id]) : `${t(tabWords[id])} (${groups[id].length})`,
    content: () => <Places places={groups[id]} isEligible={id === 'eligible'} />,
  });
  return (
    <Page title={t('groups.title')} text={t('groups.text')}>
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Loading /> : null}
      {data === undefined ? null : (
        <Tabs
          label={t('groups.tabs')}
          tabs={[tab('member', data.groups), tab('eligible', data.groups), tab('owned', data.groups)]}
        />
      )}
    </Page>
  );
}

function Places({ places, isEligible }: { readonly places: readonly HeldGroup[]; readonly isEligible: boolean }) {
  const styles = useStyles();
  const { t } = useWords();
  const because = useBecause();
  if (places.length === 0) {
    return <Empty icon={<PeopleTeamRegular />} title={t('groups.none')} text={t('groups.noneText')} />;
  }
  return places.map((place) => (
    <Card key={`${place.id} ${place.as}`} className={styles.card} role="group" aria-label={place.displayName}>
      <div className={styles.head}>
        <Text as="h2" weight="semibold" size={400} className={styles.name}>
          {place.displayName}
        </Text>
        {place.isPrivileged ? (
          <Badge color="severe" appearance="tint">
            {t('groups.privileged')}
          </Badge>
        ) : null}
        {place.isManaged ? <Badge appearance="tint">{t('groups.managed')}</Badge> : null}
        {isEligible ? (
          <PageButton size="small" to="/roles">
            {t('groups.activate')}
          </PageButton>
        ) : null}
      </div>
      <Facts
        facts={[
          [t('groups.as'), t(`groups.as.${place.as}`)],
          [t('groups.until'), <Time key="end" at={place.endDateTime} />],
          ...(place.endDateTime === null ? [] : [[t('roles.because'), because(place.endsBecause)] as const]),
          ...place.ways.slice(0, 1).map((way) => [t('roles.through'), <WayLine key="way" way={way} />] as const),
        ]}
      />
    </Card>
  ));
}
