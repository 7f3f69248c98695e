import { Card, makeStyles, Text, tokens } from '@fluentui/react-components';
import { KeyRegular, PeopleTeamRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import type { HeldPrivilege } from '../../src/desk/holding/contract.ts';
import { PrivilegedBadge } from '../parts/privileged-badge.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  card: { padding: tokens.spacingHorizontalL, gap: tokens.spacingVerticalM, marginBottom: tokens.spacingVerticalM },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: tokens.spacingHorizontalM },
  icon: { fontSize: '28px', color: tokens.colorBrandForeground1, lineHeight: 1 },
  names: { flexGrow: 1, minWidth: 'min(100%, 180px)', display: 'grid' },
  name: { margin: 0, overflowWrap: 'anywhere' },
  kind: { color: tokens.colorNeutralForeground2 },
  badges: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalXS },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly privilege: HeldPrivilege;
  /** What chooses it among others. */
  readonly choice?: ReactNode;
  readonly badges?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A privilege of the person: what it is, what may be done with it, what is to be known of it. */
export function PrivilegeCard({ privilege, choice, badges, actions, children }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <Card className={styles.card} role="group" aria-label={privilege.displayName}>
      <div className={styles.head}>
        {choice}
        <span className={styles.icon}>{privilege.kind === 'role' ? <KeyRegular /> : <PeopleTeamRegular />}</span>
        <div className={styles.names}>
          <Text as="h2" weight="semibold" size={400} className={styles.name}>
            {privilege.displayName}
          </Text>
          <Text size={200} className={styles.kind}>
            {t(`roles.kind.${privilege.kind}`)}
          </Text>
        </div>
        <div className={styles.badges}>
          {privilege.isPrivileged ? <PrivilegedBadge /> : null}
          {badges}
        </div>
        <div className={styles.actions}>{actions}</div>
      </div>
      {children}
    </Card>
  );
}
