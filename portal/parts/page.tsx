import { Card, makeStyles, mergeClasses, Text, Title2, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useId } from 'react';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalL,
  },
  titles: { flexGrow: 1, minWidth: 'min(100%, 240px)', display: 'grid', gap: tokens.spacingVerticalXS },
  title: { margin: 0, overflowWrap: 'anywhere' },
  text: { color: tokens.colorNeutralForeground2, maxWidth: '76ch' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  section: { marginBottom: tokens.spacingVerticalXL, padding: tokens.spacingHorizontalL },
  sectionHead: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  sectionTitle: { margin: 0, flexGrow: 1 },
});

interface PageProps {
  /** The way here from the room, above the title. */
  readonly trail?: ReactNode;
  readonly title: string;
  /** What this page is for, in a sentence. */
  readonly text?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its title (in the window's title too), what may be done, and what is on it. */
export function Page({ trail, title, text, actions, children }: PageProps) {
  const styles = useStyles();
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t('shell.product')}`;
  }, [title, t]);
  return (
    <>
      <div className={styles.head}>
        <div className={styles.titles}>
          {trail}
          <Title2 as="h1" className={styles.title}>
            {title}
          </Title2>
          {text === undefined || text === null ? null : <Text className={styles.text}>{text}</Text>}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page, with a heading of its own. */
export function Section({ title, actions, className, children }: SectionProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <Card className={mergeClasses(styles.section, className)} role="region" aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <Text as="h2" id={id} weight="semibold" size={400} className={styles.sectionTitle}>
          {title}
        </Text>
        {actions}
      </div>
      {children}
    </Card>
  );
}
