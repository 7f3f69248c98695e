import { useMe } from '../api/me.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Page } from '../parts/page.tsx';
import { useWords } from '../words/use-words.ts';

/** What needs the person, what they hold, what ends soon. */
export function OverviewPage() {
  const { t } = useWords();
  const { error } = useMe();
  return <Page title={t('shell.nav.overview')}>{error === null ? null : <ErrorNote error={error} />}</Page>;
}
