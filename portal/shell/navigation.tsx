import { CounterBadge, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { Me } from '../api/me.ts';
import { useWords } from '../words/use-words.ts';
import { adminRooms, personalRooms, type Room } from './rooms.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: '2px' },
  heading: {
    display: 'block',
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground2,
  },
  item: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    minHeight: '36px',
    paddingInline: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    position: 'relative',
    '& svg': { fontSize: '20px', flexShrink: 0 },
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  current: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    fontWeight: tokens.fontWeightSemibold,
    '& svg': { color: tokens.colorBrandForeground1 },
    '::before': {
      content: '""',
      position: 'absolute',
      insetInlineStart: '2px',
      width: '3px',
      height: '18px',
      borderRadius: tokens.borderRadiusCircular,
      backgroundColor: tokens.colorBrandForeground1,
    },
  },
  name: { flexGrow: 1 },
});

/** The rooms that this person has, in two parts. */
export function Navigation({ me, onGo }: { readonly me: Me | undefined; onGo?(): void }) {
  const { t } = useWords();
  const admin = me === undefined ? [] : adminRooms.filter(({ isFor }) => isFor?.(me) ?? true);
  return (
    <nav aria-label={t('shell.navigation')}>
      <Part title={t('shell.nav.personal')} rooms={personalRooms} me={me} onGo={onGo} />
      {admin.length > 0 ? <Part title={t('shell.nav.admin')} rooms={admin} me={me} onGo={onGo} /> : null}
    </nav>
  );
}

interface PartProps {
  readonly title: string;
  readonly rooms: readonly Room[];
  readonly me: Me | undefined;
  readonly onGo: (() => void) | undefined;
}

function Part({ title, rooms, me, onGo }: PartProps) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <>
      <Text as="h2" size={200} weight="semibold" className={styles.heading}>
        {title}
      </Text>
      <ul className={styles.list}>
        {rooms.map(({ path, name, Icon, count }) => {
          const waiting = me === undefined ? 0 : (count?.(me) ?? 0);
          return (
            <li key={path}>
              <Link
                to={path}
                className={styles.item}
                activeOptions={{ exact: path === '/' }}
                activeProps={{ className: mergeClasses(styles.item, styles.current) }}
                onClick={() => onGo?.()}
              >
                <Icon />
                <span className={styles.name}>{t(name)}</span>
                {waiting > 0 ? <CounterBadge count={waiting} color="brand" /> : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </>
  );
}
