import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useWords } from '../words/use-words.ts';
import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM },
  told: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' },
  text: {
    fontFamily: tokens.fontFamilyMonospace,
    overflowWrap: 'anywhere',
    padding: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface Props {
  readonly title: string;
  /** What it is good for, and that it is not shown again. */
  readonly text: string;
  /** What is told. */
  readonly children: ReactNode;
  /** Closes it for good; what is told may bring a button of its own instead. */
  close?(): void;
}

/** What is told this once. Only its button closes it: neither a key nor a press beside it. */
export function ToldOnce({ title, text, children, close }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  return (
    <Dialog open modalType="alert">
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{text}</Text>
            {children}
          </DialogContent>
          {close === undefined ? null : (
            <DialogActions>
              <Button appearance="primary" onClick={close}>
                {t('parts.close')}
              </Button>
            </DialogActions>
          )}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** A text that is told once, to copy. */
export function ToldText({ text }: { readonly text: string }) {
  const styles = useStyles();
  return (
    <div className={styles.told}>
      <Text className={styles.text}>{text}</Text>
      <CopyButton text={text} />
    </div>
  );
}
