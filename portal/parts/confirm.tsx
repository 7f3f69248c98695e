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
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react';
import { useWords } from '../words/use-words.ts';
import { RefusalNote } from './step-up.tsx';

const useStyles = makeStyles({
  content: { display: 'grid', gap: tokens.spacingVerticalM },
  wide: { maxWidth: 'min(880px, calc(100vw - 32px))' },
});

interface Asking {
  readonly title: string;
  /** What will happen, and what to fill in. Told the last refusal, it can say at a field what is wrong there. */
  readonly children: ReactNode | ((refusal: unknown) => ReactNode);
  readonly confirmLabel: string;
  /** Missing information that keeps it from being confirmed. */
  readonly isIncomplete?: boolean;
  /** What is filled in takes room. */
  readonly isWide?: boolean;
  /** Does it. While it runs nothing is sent twice; if it rejects, the dialog stays open and says why. */
  confirm(): Promise<unknown>;
}

interface Props extends Asking {
  /** The button that asks for it. */
  readonly trigger: ReactElement;
}

/** Asks before something that is not easily taken back. */
export function Confirm({ trigger, ...asking }: Props) {
  const [isOpen, setOpen] = useState(false);
  return <ConfirmDialog {...asking} trigger={trigger} isOpen={isOpen} setOpen={setOpen} />;
}

interface DialogProps extends Asking {
  readonly trigger?: ReactElement;
  readonly isOpen: boolean;
  setOpen(isOpen: boolean): void;
}

/** The same, opened by something else: an entry of a menu, which is gone when the dialog is there. */
export function ConfirmDialog(props: DialogProps) {
  const {
    trigger,
    title,
    children,
    confirmLabel,
    isIncomplete = false,
    isWide = false,
    confirm,
    isOpen,
    setOpen,
  } = props;
  const styles = useStyles();
  const { t } = useWords();
  const [isWorking, setWorking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (event: FormEvent) => {
    event.preventDefault();
    // A dialog inside of a form's page is a form of its own.
    event.stopPropagation();
    if (isWorking || isIncomplete) return;
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
  const surface = (
    <DialogSurface key="surface" aria-describedby={undefined} className={isWide ? styles.wide : undefined}>
      <form onSubmit={(event) => void go(event)} noValidate>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            {typeof children === 'function' ? children(error) : children}
            {error === null ? null : <RefusalNote error={error} />}
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button appearance="secondary" disabledFocusable={isWorking}>
                {t('parts.cancel')}
              </Button>
            </DialogTrigger>
            <Button
              type="submit"
              appearance="primary"
              disabledFocusable={isWorking || isIncomplete}
              icon={isWorking ? <Spinner size="tiny" /> : undefined}
            >
              {confirmLabel}
            </Button>
          </DialogActions>
        </DialogBody>
      </form>
    </DialogSurface>
  );
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(_event, { open }) => {
        if (isWorking) return;
        setError(null);
        setOpen(open);
      }}
    >
      {trigger === undefined
        ? surface
        : [
            <DialogTrigger key="trigger" disableButtonEnhancement>
              {trigger}
            </DialogTrigger>,
            surface,
          ]}
    </Dialog>
  );
}
