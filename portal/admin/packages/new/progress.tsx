import {
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import { CheckmarkCircleRegular, CircleRegular, ErrorCircleRegular } from '@fluentui/react-icons';
import { PageLink } from '../../../parts/page-link.tsx';
import { RefusalNote } from '../../../parts/step-up.tsx';
import { useWords } from '../../../words/use-words.ts';
import type { PackageDraft } from './draft.ts';
import { isDone, type Task } from './making.ts';

const useStyles = makeStyles({
  place: { display: 'grid', gap: tokens.spacingVerticalM, marginBottom: tokens.spacingVerticalL },
  list: { display: 'grid', gap: tokens.spacingVerticalXS, listStyleType: 'none', margin: 0, padding: 0 },
  item: { display: 'flex', gap: tokens.spacingHorizontalS, alignItems: 'center' },
  done: { color: tokens.colorPaletteGreenForeground1 },
  wrong: { color: tokens.colorPaletteRedForeground1 },
});

/** How far the making of a package has come. */
export interface Progress {
  /** Which task is being done; null while nothing is. */
  readonly at: number | null;
  readonly error: unknown;
  /** Which task failed; null if none. */
  readonly failedAt: number | null;
}

interface Props {
  readonly draft: PackageDraft;
  readonly tasks: readonly Task[];
  readonly progress: Progress;
}

/** Each thing that is made, as it is made; when one is refused, what is there and how to go on. */
export function MakingProgress({ draft, tasks, progress }: Props) {
  const styles = useStyles();
  const { t } = useWords();
  const { at, error, failedAt } = progress;
  const { packageId } = draft.made;
  return (
    <div className={styles.place}>
      {failedAt !== null && packageId !== null ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('packages-admin.halfMade')}</MessageBarTitle>
            {t('packages-admin.halfMadeText')}{' '}
            <PageLink to={`/admin/packages/${packageId}`}>{t('packages-admin.halfMadeOpen')}</PageLink>
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {error === null ? null : <RefusalNote error={error} />}
      <ol className={styles.list} aria-label={t('packages-admin.progress')} aria-live="polite">
        {tasks.map((task, index) => (
          <li key={`${task.kind} ${task.name}`} className={styles.item}>
            {at === index ? (
              <Spinner size="extra-tiny" />
            ) : failedAt === index ? (
              <ErrorCircleRegular className={styles.wrong} />
            ) : isDone(task, draft) ? (
              <CheckmarkCircleRegular className={styles.done} />
            ) : (
              <CircleRegular />
            )}
            <Text>{t(`packages-admin.task.${task.kind}`, { name: task.name })}</Text>
          </li>
        ))}
      </ol>
    </div>
  );
}
