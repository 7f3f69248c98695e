import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { CopyButton } from '../parts/copy-button.tsx';
import { useWords } from '../words/use-words.ts';
import { Actions } from './actions.tsx';

const useStyles = makeStyles({
  place: { display: 'grid', gap: tokens.spacingVerticalL },
  codes: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(190px, 1fr))',
    gap: tokens.spacingVerticalXS,
    margin: 0,
    padding: tokens.spacingHorizontalM,
    listStyleType: 'none',
    fontFamily: tokens.fontFamilyMonospace,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

/** Recovery codes, shown this once: to copy, or to keep as a file. On only once they are kept. */
export function RecoveryCodes({ codes, goOn }: { readonly codes: readonly string[]; goOn(): void }) {
  const styles = useStyles();
  const { t } = useWords();
  const [isKept, setKept] = useState(false);
  const text = codes.join('\n');
  return (
    <div className={styles.place}>
      <ul className={styles.codes} aria-label={t('signIn.codes.list')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Actions>
        <CopyButton text={text} />
        <Button
          as="a"
          icon={<ArrowDownloadRegular />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
          download="sallyport-recovery-codes.txt"
        >
          {t('signIn.codes.download')}
        </Button>
      </Actions>
      <Checkbox
        label={t('signIn.codes.kept')}
        checked={isKept}
        onChange={(_event, { checked }) => setKept(checked === true)}
      />
      <Actions>
        <Button appearance="primary" disabledFocusable={!isKept} onClick={() => (isKept ? goOn() : undefined)}>
          {t('signIn.codes.goOn')}
        </Button>
      </Actions>
    </div>
  );
}
