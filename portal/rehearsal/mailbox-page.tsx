import { Button, Dropdown, Field, makeStyles, mergeClasses, Option, Text, tokens } from '@fluentui/react-components';
import { MailInboxRegular, MailReadRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import { Empty } from '../parts/empty.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Time } from '../parts/time.tsx';
import { useWords } from '../words/use-words.ts';
import { type Cast, useCast } from './cast.ts';

interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly sentDateTime: string;
  readonly messageId: string;
}

const useStyles = makeStyles({
  whose: { maxWidth: '320px', marginBottom: tokens.spacingVerticalM },
  columns: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalL, alignItems: 'flex-start' },
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    flex: '1 1 300px',
    maxHeight: '70vh',
    overflow: 'auto',
    display: 'grid',
    gap: '2px',
  },
  mail: {
    width: '100%',
    display: 'grid',
    gap: '2px',
    justifyContent: 'stretch',
    justifyItems: 'start',
    textAlign: 'start',
    fontWeight: tokens.fontWeightRegular,
  },
  current: { backgroundColor: tokens.colorSubtleBackgroundSelected },
  quiet: { color: tokens.colorNeutralForeground2 },
  content: { flex: '2 1 420px', minWidth: 'min(100%, 280px)' },
  frame: {
    width: '100%',
    height: '60vh',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    // Mails bring their own colours, made for paper.
    backgroundColor: '#fff',
    colorScheme: 'light',
  },
});

/** The mails of a rehearsal, the newest first, as they reach people. */
export function MailboxPage() {
  const styles = useStyles();
  const { t } = useWords();
  const { data: cast } = useCast();
  const [whose, setWhose] = useState('');
  const query = whose === '' ? '' : `?${new URLSearchParams({ to: whose })}`;
  const { data, error, refetch } = useGet<{ value: readonly Mail[] }>(`/rehearsal/mail${query}`);
  const [chosen, setChosen] = useState<string | null>(null);
  const mails = [...(data?.value ?? [])].reverse();
  const mail = mails.find((one) => keyOf(one) === chosen);
  return (
    <Page title={t('rehearsal.mailbox.title')} text={t('rehearsal.mailbox.text')}>
      <Whose cast={cast} whose={whose} choose={setWhose} />
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Loading /> : null}
      {data !== undefined && mails.length === 0 ? (
        <Empty
          icon={<MailInboxRegular />}
          title={t('rehearsal.mailbox.empty')}
          text={t('rehearsal.mailbox.emptyText')}
        />
      ) : (
        <div className={styles.columns}>
          <ul className={styles.list} aria-label={t('rehearsal.mailbox.list')}>
            {mails.map((one) => (
              <li key={keyOf(one)}>
                <Button
                  appearance="subtle"
                  aria-pressed={one === mail}
                  className={mergeClasses(styles.mail, one === mail ? styles.current : undefined)}
                  onClick={() => setChosen(keyOf(one))}
                >
                  <Text weight="semibold">{one.subject}</Text>
                  <Text size={200} className={styles.quiet}>
                    {t('rehearsal.mailbox.to', { name: one.to })} · <Time at={one.sentDateTime} as="short" />
                  </Text>
                </Button>
              </li>
            ))}
          </ul>
          <section className={styles.content} aria-label={t('rehearsal.mailbox.content')} aria-live="polite">
            {mail === undefined ? (
              <Empty icon={<MailReadRegular />} title={t('rehearsal.mailbox.choose')} />
            ) : (
              <iframe
                className={styles.frame}
                title={mail.subject}
                // No script of a mail runs; its links lead the whole window on. Of this origin, so that it can be dressed.
                sandbox="allow-same-origin allow-top-navigation-by-user-activation allow-popups"
                onLoad={(event) => dress(event.currentTarget)}
                srcDoc={undressed(mail.html)}
              />
            )}
          </section>
        </div>
      )}
    </Page>
  );
}

/** A mail without the looks that are written into its elements: the policy of the page that shows it keeps them off. */
function undressed(html: string): string {
  return html.replace('<head>', '<head><base target="_top">').replaceAll(' style="', ' data-style="');
}

/** Puts its looks on a mail, as a program for mail would show it. */
function dress({ contentDocument }: HTMLIFrameElement): void {
  for (const element of contentDocument?.querySelectorAll<HTMLElement>('[data-style]') ?? []) {
    element.style.cssText = element.dataset['style'] ?? '';
  }
}

/** A mail to several people has one id for each of them. */
function keyOf({ messageId, to }: Mail): string {
  return `${messageId} ${to}`;
}

interface WhoseProps {
  readonly cast: Cast | undefined;
  readonly whose: string;
  choose(id: string): void;
}

function Whose({ cast, whose, choose }: WhoseProps) {
  const styles = useStyles();
  const { t } = useWords();
  const name = cast?.users.find(({ id }) => id === whose)?.displayName ?? t('rehearsal.mailbox.everybody');
  return (
    <Field label={t('rehearsal.mailbox.whose')} className={styles.whose}>
      <Dropdown
        value={name}
        selectedOptions={[whose]}
        onOptionSelect={(_event, { optionValue }) => choose(optionValue ?? '')}
      >
        <Option value="">{t('rehearsal.mailbox.everybody')}</Option>
        {cast?.users.map(({ id, displayName }) => (
          <Option key={id} value={id}>
            {displayName}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
