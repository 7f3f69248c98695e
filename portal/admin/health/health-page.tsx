import { Button, makeStyles, Spinner, Text, ToggleButton, tokens } from '@fluentui/react-components';
import { CheckmarkCircleRegular, ErrorCircleRegular, InfoRegular, WarningRegular } from '@fluentui/react-icons';
import type { FC } from 'react';
import type { FindingsAnswer } from '../../../src/health/contract.ts';
import { type Pages, usePages } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { Filter, Filters } from '../../parts/filters.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Page, Section } from '../../parts/page.tsx';
import { withOptions } from '../../parts/picked.ts';
import { RefusalNote } from '../../parts/step-up.tsx';
import { useAddress } from '../../parts/use-address.ts';
import { useWords } from '../../words/use-words.ts';
import { FindingCard } from './finding-card.tsx';
import { type Finding, kindsOfFindings } from './mending.ts';

const useStyles = makeStyles({
  tiles: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    gap: tokens.spacingHorizontalM,
    border: 'none',
    margin: `0 0 ${tokens.spacingVerticalL}`,
    padding: 0,
  },
  tile: {
    justifyContent: 'flex-start',
    alignItems: 'flex-start',
    textAlign: 'start',
    padding: tokens.spacingHorizontalM,
    height: '100%',
  },
  words: { display: 'grid' },
  quiet: { color: tokens.colorNeutralForeground2, fontWeight: tokens.fontWeightRegular },
  count: { fontVariantNumeric: 'tabular-nums' },
  high: { color: tokens.colorStatusDangerForeground1 },
  medium: { color: tokens.colorStatusWarningForeground1 },
  low: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  more: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
});

const severities = [
  { severity: 'high', Icon: ErrorCircleRegular },
  { severity: 'medium', Icon: WarningRegular },
  { severity: 'low', Icon: InfoRegular },
] as const satisfies readonly { readonly severity: Finding['severity']; readonly Icon: FC }[];

/** What is wrong with the design and with who holds what, by how bad it is, each with the way to where it is mended. */
export function HealthPage() {
  const { t } = useWords();
  const address = useAddress();
  const [severity, kind, subjectId] = [address.get('severity'), address.get('kind'), address.get('subject')];
  const pages = usePages<Finding, FindingsAnswer>(
    withOptions('/sallyport/findings', { $count: 'true', severity, kind, subjectId }),
  );
  return (
    <Page title={t('shell.nav.admin.health')} text={t('health.text')}>
      <Tiles
        shown={severity}
        counts={pages.first?.bySeverity}
        show={(next) => address.set({ severity: next === severity ? '' : next })}
      />
      <Filters>
        <Filter
          label={t('health.kind')}
          all={t('health.kind.all')}
          value={kind}
          options={kindsOfFindings.map((value) => ({ value, name: t(`health.kind.${value}`) }))}
          change={(next) => address.set({ kind: next })}
        />
        {severity === '' && kind === '' && subjectId === '' ? null : (
          <Button appearance="subtle" onClick={() => address.start({})}>
            {t('health.all')}
          </Button>
        )}
      </Filters>
      <Findings pages={pages} isNarrowed={severity !== '' || kind !== '' || subjectId !== ''} />
    </Page>
  );
}

interface TilesProps {
  /** The severity that alone is shown; `''` for all. */
  readonly shown: string;
  /** How many there are of each; undefined while that is read. */
  readonly counts: FindingsAnswer['bySeverity'] | undefined;
  show(severity: string): void;
}

/** How many there are of each severity; pressed, one is shown alone. */
function Tiles({ shown, counts, show }: TilesProps) {
  const styles = useStyles();
  const { t, intl } = useWords();
  return (
    <fieldset className={styles.tiles} aria-label={t('health.severities')}>
      {severities.map(({ severity, Icon }) => (
        <ToggleButton
          key={severity}
          className={styles.tile}
          checked={shown === severity}
          icon={<Icon className={styles[severity]} />}
          onClick={() => show(severity)}
        >
          <span className={styles.words}>
            <Text weight="semibold" className={styles.count}>
              {t(`health.severity.${severity}`)}
              {counts === undefined ? '' : `: ${intl.formatNumber(counts[severity])}`}
            </Text>
            <Text size={200} className={styles.quiet}>
              {t(`health.severityText.${severity}`)}
            </Text>
          </span>
        </ToggleButton>
      ))}
    </fieldset>
  );
}

interface FindingsProps {
  readonly pages: Pages<Finding>;
  readonly isNarrowed: boolean;
}

function Findings({ pages: { query, items }, isNarrowed }: FindingsProps) {
  const styles = useStyles();
  const { t } = useWords();
  if (query.isPending) return <Loading />;
  if (query.error !== null && items.length === 0) {
    return <RefusalNote error={query.error} retry={() => void query.refetch()} />;
  }
  if (items.length === 0) {
    return isNarrowed ? (
      <Empty title={t('health.noneFiltered')} text={t('health.noneFilteredText')} />
    ) : (
      <Empty icon={<CheckmarkCircleRegular />} title={t('health.none')} text={t('health.noneText')} />
    );
  }
  return (
    <>
      {severities.map(({ severity }) => {
        const some = items.filter((one) => one.severity === severity);
        if (some.length === 0) return null;
        return (
          <Section key={severity} title={t('health.list', { severity: t(`health.severity.${severity}`) })}>
            <ul className={styles.list}>
              {some.map((finding) => (
                <FindingCard key={finding.id} finding={finding} />
              ))}
            </ul>
          </Section>
        );
      })}
      {query.hasNextPage ? (
        <div className={styles.more}>
          <Button disabledFocusable={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('health.more')}
          </Button>
          {query.isFetchingNextPage ? <Spinner size="extra-tiny" aria-label={t('shell.loading')} /> : null}
        </div>
      ) : null}
      {query.error === null ? null : <RefusalNote error={query.error} retry={() => void query.fetchNextPage()} />}
    </>
  );
}
