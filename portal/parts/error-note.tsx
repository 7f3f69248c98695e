import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import { ApiError } from '../api/errors.ts';
import { useWords } from '../words/use-words.ts';
import { explain } from './explain.ts';

const useStyles = makeStyles({ id: { display: 'block', overflowWrap: 'anywhere' } });

/** An error in its place: what happened, what to do, the request id to quote, and another try where that may help. */
export function ErrorNote({ error, retry }: { readonly error: unknown; retry?(): void }) {
  const styles = useStyles();
  const { t } = useWords();
  const requestId = error instanceof ApiError ? error.requestId : null;
  const { text, details } = explain(error, t);
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{t('parts.error.title')}</MessageBarTitle>
        {text}
        {details === null ? null : (
          <Text size={200} className={styles.id}>
            {t('parts.error.details')}: {details}
          </Text>
        )}
        {requestId === null ? null : (
          <Text size={200} className={styles.id}>
            {t('parts.error.requestId')}: <code>{requestId}</code>
          </Text>
        )}
      </MessageBarBody>
      {retry === undefined ? null : (
        <MessageBarActions>
          <Button size="small" onClick={retry}>
            {t('parts.tryAgain')}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
