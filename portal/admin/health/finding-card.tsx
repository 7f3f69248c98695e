import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { PageButton, PageLink } from '../../parts/page-link.tsx';
import { Time } from '../../parts/time.tsx';
import type { MessageKey } from '../../words/catalogue.ts';
import { type Speech, useWords } from '../../words/use-words.ts';
import { type Finding, factOf, namedIn, placesOf, subjectPage } from './mending.ts';

const useStyles = makeStyles({
  card: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gap: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL}`,
    alignItems: 'center',
    paddingBlock: tokens.spacingVerticalM,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 720px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  words: { display: 'grid', gap: tokens.spacingVerticalXXS, maxWidth: '88ch', overflowWrap: 'anywhere' },
  head: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, alignItems: 'baseline' },
  title: { margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  places: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** One finding: what is wrong with what, since when, what to do, and the pages where that is done. */
export function FindingCard({ finding }: { readonly finding: Finding }) {
  const styles = useStyles();
  const words = useWords();
  const { t } = words;
  const { kind, subject, since, whatToDo } = finding;
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <div className={styles.head}>
          <Text as="h3" weight="semibold" className={styles.title}>
            {t(`health.kind.${kind}`)}
          </Text>
          <PageLink to={subjectPage(finding)}>{subject.displayName}</PageLink>
        </div>
        <Text>{t(sentenceOf(finding), valuesOf(finding, words))}</Text>
        <Text className={styles.quiet}>{t(`health.do.${whatToDo}` as MessageKey)}</Text>
        {since === null ? null : (
          <Text size={200} className={styles.quiet}>
            {t('health.since')} <Time at={since} as="short" />
          </Text>
        )}
      </div>
      <div className={styles.places}>
        {placesOf(finding).map(({ name, to, tab }) => (
          <PageButton key={name} size="small" to={to} {...(tab === undefined ? {} : { search: { tab } as never })}>
            {t(`health.open.${name}`)}
          </PageButton>
        ))}
      </div>
    </li>
  );
}

/** Who decides is said otherwise of a policy than of an activation. */
function sentenceOf({ kind, subject }: Finding): MessageKey {
  if (kind !== 'unreachableStage' && kind !== 'singleApprover' && kind !== 'stageWithoutFallback') {
    return `health.says.${kind}`;
  }
  return subject.type === 'assignmentPolicy' ? `health.says.${kind}` : `health.saysActivation.${kind}`;
}

function valuesOf(finding: Finding, { t, intl, duration }: Speech): Readonly<Record<string, string>> {
  const list = (name: string) => intl.formatList(namedIn(finding, name).map(({ displayName }) => displayName));
  const length = (name: string) => {
    const iso = factOf(finding, name);
    return iso === '' ? t('health.forEver') : duration(iso);
  };
  const place = (kind: string, name: string) =>
    kind === 'group-member' || kind === 'group-owner' ? t(`health.place.${kind}`, { name }) : name;
  const approver = (finding.facts as { readonly approver?: { readonly displayName: string } }).approver;
  const through = list('throughGroups');
  return {
    name: finding.subject.displayName,
    what: place(factOf(finding, 'privilegeKind'), finding.subject.displayName),
    role: factOf(finding, 'roleDisplayName'),
    way: through === '' ? t('health.directly') : t('health.through', { groups: through }),
    roles: list('roles'),
    group: factOf(finding, 'groupDisplayName'),
    packageName: factOf(finding, 'packageDisplayName'),
    stage: factOf(finding, 'stage'),
    approver: approver?.displayName ?? '',
    owner: factOf(finding, 'displayName'),
    owners: factOf(finding, 'owners'),
    lasts: length('lasts'),
    limit: length('longestEligibility'),
    longest: length('longestActivation'),
    origin: factOf(finding, 'originDisplayName'),
    privilege: place(factOf(finding, 'privilegeKind'), factOf(finding, 'privilegeDisplayName')),
    rule: factOf(finding, 'rule'),
    count: factOf(finding, 'count'),
    because: factOf(finding, 'because'),
  };
}
