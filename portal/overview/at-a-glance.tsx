import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleRegular,
  ClockAlarmRegular,
  FlashRegular,
  KeyRegular,
  SendClockRegular,
} from '@fluentui/react-icons';
import { Link } from '@tanstack/react-router';
import type { FC } from 'react';
import type { Me } from '../api/me.ts';
import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 180px), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: `0 0 ${tokens.spacingVerticalXL}`,
    padding: 0,
    '@media (max-width: 560px)': {
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      '& > :first-child': { gridColumnEnd: 'span 2' },
    },
  },
  tile: {
    display: 'grid',
    gridTemplateColumns: 'auto 1fr',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    height: '100%',
    boxSizing: 'border-box',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    ':hover': {
      backgroundColor: tokens.colorNeutralBackground1Hover,
      border: `1px solid ${tokens.colorNeutralStroke1}`,
    },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  icon: {
    display: 'grid',
    placeItems: 'center',
    width: '36px',
    height: '36px',
    fontSize: '20px',
    borderRadius: tokens.borderRadiusCircular,
    backgroundColor: tokens.colorNeutralBackground3,
    color: tokens.colorNeutralForeground2,
  },
  calls: { backgroundColor: tokens.colorBrandBackground, color: tokens.colorNeutralForegroundOnBrand },
  words: { display: 'grid', minWidth: 0 },
  count: { fontVariantNumeric: 'tabular-nums', lineHeight: tokens.lineHeightBase500 },
  name: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

interface Tile {
  readonly count: keyof Me['counts'];
  readonly to: string;
  readonly search?: Readonly<Record<string, string>>;
  readonly Icon: FC;
  /** It asks for something, where there is any. */
  readonly calls?: boolean;
}

const tiles: readonly Tile[] = [
  { count: 'pendingApprovals', to: '/approvals', Icon: CheckmarkCircleRegular, calls: true },
  { count: 'pendingRequests', to: '/requests', search: { state: 'pendingApproval' }, Icon: SendClockRegular },
  { count: 'eligible', to: '/roles', Icon: KeyRegular },
  { count: 'active', to: '/roles', search: { tab: 'active' }, Icon: FlashRegular },
  { count: 'endingSoon', to: '/packages', search: { tab: 'active' }, Icon: ClockAlarmRegular },
];

/** How much of everything there is, each the way to it. */
export function AtAGlance({ counts }: { readonly counts: Me['counts'] }) {
  const styles = useStyles();
  const { t, intl } = useWords();
  return (
    <ul className={styles.list} aria-label={t('overview.glance')}>
      {tiles.map(({ count, to, search, Icon, calls = false }) => (
        <li key={count}>
          <Link to={to} {...(search === undefined ? {} : { search: search as never })} className={styles.tile}>
            <span
              className={mergeClasses(styles.icon, calls && counts[count] > 0 ? styles.calls : undefined)}
              aria-hidden
            >
              <Icon />
            </span>
            <span className={styles.words}>
              <Text size={500} weight="semibold" className={styles.count}>
                {intl.formatNumber(counts[count])}
              </Text>
              <Text size={200} className={styles.name}>
                {t(`overview.count.${count}` satisfies MessageKey, { count: counts[count] })}
              </Text>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
