import { Card, Image, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  place: {
    minHeight: '100vh',
    boxSizing: 'border-box',
    display: 'grid',
    placeItems: 'start center',
    padding: 'clamp(12px, 6vh, 72px) 12px 24px',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: {
    width: 'min(100%, 560px)',
    boxSizing: 'border-box',
    padding: 'clamp(16px, 4vw, 32px)',
    gap: tokens.spacingVerticalL,
  },
  brand: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS },
  titles: { display: 'grid', gap: tokens.spacingVerticalXS },
  title: { margin: 0 },
  text: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}

/** A page for who is not signed in: one card, and what it is about. */
export function OpenPage({ title, text, children }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · ${t('shell.product')}`;
  }, [title, t]);
  return (
    <main className={styles.place}>
      <Card className={styles.card}>
        <div className={styles.brand}>
          <Image src="/mark.svg" alt="" width={28} height={28} />
          <Text weight="semibold">{t('shell.product')}</Text>
        </div>
        <div className={styles.titles}>
          <Title3 as="h1" className={styles.title}>
            {title}
          </Title3>
          {text === undefined ? null : <Text className={styles.text}>{text}</Text>}
        </div>
        {children}
      </Card>
    </main>
  );
}
