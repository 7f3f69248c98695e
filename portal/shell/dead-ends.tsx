import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DoorRegular, WarningRegular } from '@fluentui/react-icons';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Empty } from '../parts/empty.tsx';
import { useWords } from '../words/use-words.ts';

const useStyles = makeStyles({
  said: { overflowWrap: 'anywhere', color: tokens.colorNeutralForeground2, fontFamily: tokens.fontFamilyMonospace },
});

/** For addresses that lead nowhere. */
export function NotFound() {
  const { t } = useWords();
  return (
    <Empty isPage icon={<DoorRegular />} title={t('shell.notFound.title')} text={t('shell.notFound.text')}>
      <Button as="a" href="/" appearance="primary">
        {t('shell.notFound.home')}
      </Button>
    </Empty>
  );
}

/** For a page that threw. */
export function Crashed({ error }: ErrorComponentProps) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <Empty isPage icon={<WarningRegular />} title={t('shell.crashed.title')} text={t('shell.crashed.text')}>
      <Text size={200} className={styles.said}>
        {error instanceof Error ? error.message : String(error)}
      </Text>
      <Button appearance="primary" onClick={() => location.reload()}>
        {t('shell.crashed.reload')}
      </Button>
    </Empty>
  );
}
