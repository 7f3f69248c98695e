import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { ApiError } from '../api/errors.ts';
import { here, type StepUp, signInPath } from '../api/session.ts';
import { useWords } from '../words/use-words.ts';
import { ErrorNote } from './error-note.tsx';

/** What a refusal asks of the sign-in; null if it is about something else. */
export function stepUpOf(error: unknown): StepUp | null {
  if (!(error instanceof ApiError)) return null;
  const context = /"acrs"[^}]*"value"\s*:\s*"(c\d{1,2})"/.exec(error.claims ?? '')?.[1];
  if (context !== undefined) return { mfa: true, acrs: context };
  return error.code === 'MfaRule' || error.claims !== null ? { mfa: true } : null;
}

/** A refusal in its place; where a stronger sign-in would help, the way there and back. */
export function RefusalNote({ error, retry }: { readonly error: unknown; retry?(): void }) {
  const { t } = useWords();
  const stepUp = stepUpOf(error);
  if (stepUp === null)
    return retry === undefined ? <ErrorNote error={error} /> : <ErrorNote error={error} retry={retry} />;
  return (
    <MessageBar intent="warning" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('shell.stepUp.title')}</MessageBarTitle>
        {t('shell.stepUp.text')}
      </MessageBarBody>
      <MessageBarActions>
        <Button as="a" appearance="primary" href={signInPath(here(), stepUp)}>
          {t('shell.stepUp.go')}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}
