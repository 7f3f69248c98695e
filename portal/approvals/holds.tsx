import {
  Badge,
  Button,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { KeyRegular, PeopleTeamRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import type { ApprovalCase } from '../../src/desk/approvals/contract.ts';
import { Section } from '../parts/page.tsx';
import { PrivilegedBadge } from '../parts/privileged-badge.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gap: tokens.spacingVerticalM },
  one: { display: 'flex', gap: tokens.spacingHorizontalM, alignItems: 'flex-start' },
  icon: { fontSize: '22px', lineHeight: 1, color: tokens.colorBrandForeground1 },
  words: { display: 'grid', gap: '2px', minWidth: 0, flexGrow: 1 },
  name: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { justifySelf: 'start', marginTop: tokens.spacingVerticalS },
});

/** How many are shown at first. */
const few = 6;

type Held = NonNullable<ApprovalCase['holds']>[number];

/** What whoever is to receive it holds already, and what it cannot be had with; as far as the server tells the reader. */
export function Holds({ of: { requestor, target, holds, incompatibleWith } }: { readonly of: ApprovalCase }) {
  const styles = useStyles();
  const { t, intl } = useWords();
  const [isWhole, setWhole] = useState(false);
  if (holds === null) return null;
  const { displayName: name } = target ?? requestor;
  const shown = isWhole ? holds : holds.slice(0, few);
  const clashes = incompatibleWith ?? [];
  return (
    <Section title={t('approvals.holds', { name })}>
      {clashes.length === 0 ? null : (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('approvals.clash')}</MessageBarTitle>
            {t('approvals.clashText', { name, what: intl.formatList(clashes.map(({ displayName }) => displayName)) })}
          </MessageBarBody>
        </MessageBar>
      )}
      {holds.length === 0 ? (
        <Text className={styles.quiet}>{t('approvals.holdsNothing')}</Text>
      ) : (
        <ul className={styles.list} aria-label={t('approvals.holds', { name })}>
          {shown.map((held) => (
            <HeldThing key={`${held.mode} ${held.kind} ${held.id}`} held={held} />
          ))}
        </ul>
      )}
      {shown.length === holds.length ? null : (
        <Button size="small" className={styles.more} onClick={() => setWhole(true)}>
          {t('approvals.holdsAll', { count: holds.length })}
        </Button>
      )}
    </Section>
  );
}

function HeldThing({ held: { kind, displayName, isPrivileged, mode, endDateTime } }: { readonly held: Held }) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <li className={styles.one}>
      <span className={styles.icon} aria-hidden>
        {kind === 'role' ? <KeyRegular /> : <PeopleTeamRegular />}
      </span>
      <span className={styles.words}>
        <span className={styles.name}>
          <Text weight="semibold">{displayName}</Text>
          <Badge appearance="tint" color={mode === 'active' ? 'success' : 'brand'}>
            {t(`approvals.mode.${mode}`)}
          </Badge>
          {isPrivileged ? <PrivilegedBadge /> : null}
        </span>
        <Text size={200} className={styles.quiet}>
          {t(`roles.kind.${kind}`)} ·{' '}
          {endDateTime === null ? (
            t('access.noEnd')
          ) : (
            <>
              {t('approvals.until')} <Time at={endDateTime} as="short" />
            </>
          )}
        </Text>
      </span>
    </li>
  );
}
