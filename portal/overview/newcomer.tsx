import { makeStyles, Text, tokens } from '@fluentui/react-components';
import {
  ArrowRightRegular,
  BoxSearchRegular,
  FlashRegular,
  HourglassRegular,
  PeopleCheckmarkRegular,
} from '@fluentui/react-icons';
import type { FC } from 'react';
import type { Me } from '../api/me.ts';
import { Section } from '../parts/page.tsx';
import { PageButton } from '../parts/page-link.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  steps: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 160px), 1fr))',
    gap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  step: {
    display: 'grid',
    gap: tokens.spacingVerticalXS,
    alignContent: 'start',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    backgroundColor: tokens.colorBrandBackground2,
  },
  icon: { fontSize: '28px', lineHeight: 1, color: tokens.colorBrandForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
  go: { alignSelf: 'flex-start' },
});

const steps: readonly { readonly id: 'ask' | 'approve' | 'activate' | 'gone'; readonly Icon: FC }[] = [
  { id: 'ask', Icon: BoxSearchRegular },
  { id: 'approve', Icon: PeopleCheckmarkRegular },
  { id: 'activate', Icon: FlashRegular },
  { id: 'gone', Icon: HourglassRegular },
];

/** For who has nothing yet and waits for nothing: how one comes to access here, and where to begin. */
export function Newcomer({ counts }: { readonly counts: Me['counts'] }) {
  const styles = useStyles();
  const { t } = useWords();
  if (counts.pendingRequests + counts.eligible > 0) return null;
  return (
    <Section title={t('overview.how')}>
      <ol className={styles.steps}>
        {steps.map(({ id, Icon }) => (
          <li key={id} className={styles.step}>
            <span className={styles.icon} aria-hidden>
              <Icon />
            </span>
            <Text weight="semibold">{t(`overview.how.${id}`)}</Text>
            <Text size={200} className={styles.quiet}>
              {t(`overview.how.${id}Text`)}
            </Text>
          </li>
        ))}
      </ol>
      <PageButton to="/packages" appearance="primary" icon={<ArrowRightRegular />} className={styles.go}>
        {t('access.find')}
      </PageButton>
    </Section>
  );
}
