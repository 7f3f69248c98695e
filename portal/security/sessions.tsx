import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { DismissRegular, GlobeDesktopRegular } from '@fluentui/react-icons';
import type { OwnSessions } from '../../src/signin/own-sessions/contract.ts';
import { useGet, useSend } from '../api/queries.ts';
import { Confirm } from '../parts/confirm.tsx';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/page.tsx';
import { useToast } from '../parts/toast.tsx';
import { useSignOut } from '../shell/session.tsx';
import { useWords } from '../words/use-words.ts';
import { deviceOf } from './device.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { display: 'grid', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  one: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  words: { display: 'grid', flex: '1 1 200px', minWidth: 0, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

const mine = '/sallyport/me/sessions';

type Session = OwnSessions['value'][number];

/** The browsers in which the person is signed in, each to be ended, in case one is in the wrong hands. */
export function Sessions() {
  const styles = useStyles();
  const { t } = useWords();
  const { data, error, refetch } = useGet<OwnSessions>(mine);
  const sessions = data?.value ?? [];
  return (
    <Section title={t('security.out.title')}>
      <Text className={styles.quiet}>{t('security.out.text')}</Text>
      {error === null ? null : <ErrorNote error={error} retry={() => void refetch()} />}
      {data === undefined && error === null ? <Loading /> : null}
      <ul className={styles.list} aria-label={t('security.out.title')}>
        {sessions.map((session) => (
          <One key={session.id} session={session} />
        ))}
      </ul>
      <div className={styles.actions}>
        {sessions.length > 1 ? <EndOthers /> : null}
        <SignOutEverywhere />
      </div>
    </Section>
  );
}

function One({ session }: { readonly session: Session }) {
  const styles = useStyles();
  const { t, shortly } = useWords();
  const { mutateAsync } = useSend();
  const { done } = useToast();
  const { id, isCurrent, userAgent, ipAddress, createdDateTime, lastUsedDateTime } = session;
  const { browser, system } = deviceOf(userAgent);
  const name =
    browser !== null && system !== null
      ? t('security.session.device', { browser, system })
      : (browser ?? system ?? t('security.session.unknown'));
  const about = [
    ipAddress === null ? null : t('security.session.from', { address: ipAddress }),
    t('security.session.since', { at: shortly(createdDateTime) }),
    t('security.session.used', { at: shortly(lastUsedDateTime) }),
  ];
  const label = t('security.session.end', { name });
  const end = async () => {
    await mutateAsync({ method: 'DELETE', path: `${mine}/${id}` });
    done(t('security.session.ended'));
  };
  return (
    <li className={styles.one}>
      <GlobeDesktopRegular aria-hidden fontSize={24} />
      <span className={styles.words}>
        <Text weight="semibold">{name}</Text>
        <Text size={200} className={styles.quiet}>
          {about.filter((one) => one !== null).join(' ')}
        </Text>
      </span>
      {isCurrent ? (
        <Badge appearance="tint" color="success">
          {t('security.session.current')}
        </Badge>
      ) : (
        <Confirm
          trigger={<Button appearance="subtle" icon={<DismissRegular />} aria-label={label} />}
          title={label}
          confirmLabel={t('security.session.endIt')}
          confirm={end}
        >
          <Text>{t('security.session.endText')}</Text>
        </Confirm>
      )}
    </li>
  );
}

function EndOthers() {
  const { t } = useWords();
  const { mutateAsync } = useSend();
  const { done } = useToast();
  const label = t('security.session.endOthers');
  const end = async () => {
    await mutateAsync({ method: 'POST', path: `${mine}/endOthers` });
    done(t('security.session.othersEnded'));
  };
  return (
    <Confirm trigger={<Button>{label}</Button>} title={label} confirmLabel={label} confirm={end}>
      <Text>{t('security.session.endOthersText')}</Text>
    </Confirm>
  );
}

function SignOutEverywhere() {
  const { t } = useWords();
  const signOut = useSignOut();
  return (
    <Confirm
      trigger={<Button>{t('shell.signOutEverywhere')}</Button>}
      title={t('shell.signOutEverywhere')}
      confirmLabel={t('shell.signOutEverywhere')}
      confirm={() => signOut(true)}
    >
      <Text>{t('security.out.confirm')}</Text>
    </Confirm>
  );
}
