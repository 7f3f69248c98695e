import { Avatar, Button, Field, Link, makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import { ChevronRightRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/client.ts';
import { useGet } from '../api/queries.ts';
import type { Session, SignedIn } from '../api/session.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';
import { BeginAgain } from './begin-again.tsx';
import { type CastMember, useCast } from './cast.ts';
import { askedFor } from './return-to.ts';

const useStyles = makeStyles({
  cast: { display: 'grid', gap: tokens.spacingVerticalXS, listStyleType: 'none', margin: 0, padding: 0 },
  person: {
    width: '100%',
    justifyContent: 'flex-start',
    textAlign: 'start',
    paddingInline: tokens.spacingHorizontalM,
    gap: tokens.spacingHorizontalM,
  },
  words: { display: 'grid', flexGrow: 1, minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** Where a rehearsal's sign-in begins: be anyone, or, already somebody, prove it with one click. */
export function SignInPage() {
  const { data: session } = useGet<Session>('/session');
  const [isAnother, setAnother] = useState(false);
  const { mfa, acrs } = askedFor();
  if (session === undefined) return <Loading />;
  const stepsUp = session.signedIn && (mfa || acrs !== null) && !isAnother;
  return stepsUp ? <StepUp session={session} beAnother={() => setAnother(true)} /> : <ChoosePerson />;
}

function ChoosePerson() {
  const styles = useStyles();
  const { t } = useWords();
  const { data: cast, error } = useCast();
  const asked = askedFor();
  const [mfa, setMfa] = useState(asked.mfa);
  const { failure, go } = useEntrance();
  const names = new Map(cast?.users.map(({ id, displayName }) => [id, displayName]));
  const about = ({ jobTitle, managerId }: CastMember) => {
    const manager = names.get(managerId ?? '');
    return [jobTitle, manager === undefined ? null : t('rehearsal.signIn.reportsTo', { name: manager })]
      .filter((one) => one !== null)
      .join(' · ');
  };
  const signIn = (person: CastMember) =>
    go('/rehearsal/sign-in', { user: person.id, mfa, ...(asked.acrs === null ? {} : { acrs: [asked.acrs] }) });
  return (
    <OpenPage title={t('rehearsal.signIn.title')} text={t('rehearsal.signIn.text')}>
      <Field hint={t('rehearsal.signIn.mfaHint')}>
        <Switch label={t('rehearsal.signIn.mfa')} checked={mfa} onChange={(_event, { checked }) => setMfa(checked)} />
      </Field>
      {cast === undefined && error === null ? <Loading /> : null}
      {(failure ?? error) === null ? null : <ErrorNote error={failure ?? error} />}
      <ul className={styles.cast} aria-label={t('rehearsal.signIn.list')}>
        {cast?.users.map((person) => (
          <li key={person.id}>
            <Button
              size="large"
              className={styles.person}
              icon={<Avatar name={person.displayName} color="colorful" aria-hidden />}
              onClick={() => void signIn(person)}
            >
              <span className={styles.words}>
                <span>{person.displayName}</span>
                <Text size={200} className={styles.quiet}>
                  {about(person)}
                </Text>
              </span>
              <ChevronRightRegular />
            </Button>
          </li>
        ))}
      </ul>
      {cast === undefined ? null : <BeginAgain key={cast.beganWith} cast={cast} />}
      <Link href={`/session/sign-in?${new URLSearchParams({ provider: 'builtin', returnTo: asked.returnTo })}`}>
        {t('rehearsal.signIn.provider')}
      </Link>
    </OpenPage>
  );
}

function StepUp({ session, beAnother }: { readonly session: SignedIn; beAnother(): void }) {
  const styles = useStyles();
  const { t } = useWords();
  const { acrs } = askedFor();
  const { failure, go } = useEntrance(session.csrf);
  const what = acrs === null ? t('rehearsal.stepUp.mfa') : t('rehearsal.stepUp.context', { context: acrs });
  return (
    <OpenPage
      title={t('rehearsal.stepUp.title')}
      text={t('rehearsal.stepUp.text', { name: session.user.displayName, what })}
    >
      {failure === null ? null : <ErrorNote error={failure} />}
      <div className={styles.actions}>
        <Button appearance="primary" onClick={() => void go('/rehearsal/mfa', acrs === null ? {} : { acrs: [acrs] })}>
          {t('rehearsal.stepUp.go')}
        </Button>
        <Button onClick={beAnother}>{t('rehearsal.stepUp.other')}</Button>
      </div>
    </OpenPage>
  );
}

/** Goes in, and on to where the person wanted to be. */
function useEntrance(csrf = '') {
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>(null);
  const go = async (path: string, body: object) => {
    try {
      await call(path, { method: 'POST', body, headers: { 'x-sallyport-csrf': csrf } });
      client.clear();
      location.assign(askedFor().returnTo);
    } catch (fault) {
      setFailure(fault);
    }
  };
  return { failure, go };
}
