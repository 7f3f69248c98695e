import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Spinner,
  tokens,
} from '@fluentui/react-components';
import { type ReactElement, type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { ErrorNote } from './error-note.tsx';

const useStyles = makeStyles({ content: { display: 'grid', gap: tokens.spacingVerticalM } });

interface Props {
  /** The button that asks for it. */
  readonly trigger: ReactElement;
  readonly title: string;
  /** What will happen, and what to fill in. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  /** Missing information that keeps it from being confirmed. */
  readonly isIncomplete?: boolean;
  /** Does it. While it runs nothing is sent twice; if it rejects, the dialog stays open and says why. */
  confirm(): Promise<unknown>;
}

/** Asks before something that is not easily taken back. */
export function Confirm({ trigger, title, children, confirmLabel, isIncomplete = false, confirm }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async () => {
    setWorking(true);
    setError(null);
    try {
      await confirm();
      setOpen(false);
    } catch (fault) {
      setError(fault);
    } finally {
      setWorking(false);
    }
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(_event, { open }) => {
        if (isWorking) return;
        setError(null);
        setOpen(open);
      }}
    >
      <DialogTrigger disableButtonEnhancement>{trigger}</DialogTrigger>
      <DialogSurface aria-describedby={undefined}>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            {children}
            {error === null ? null : <ErrorNote error={error} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary" disabledFocusable={isWorking}>
                {t('parts.cancel')}
              </Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              disabledFocusable={isWorking || isIncomplete}
              icon={isWorking ? <Spinner size="tiny" /> : undefined}
              onClick={() => void go()}
            >
              {confirmLabel}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
