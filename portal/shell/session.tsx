import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { call, carryCsrf, onSignedOut } from '../api/client.ts';
import { useGet } from '../api/queries.ts';
import { here, type Session, type SignedIn, signInPath } from '../api/session.ts';
import { ErrorNote } from '../parts/error-note.tsx';
import { Loading } from '../parts/loading.tsx';
import { OpenPage } from '../parts/open-page.tsx';
import { useWords } from '../words/use-words.ts';

const Current = createContext<SignedIn | null>(null);

/** Who is signed in. Only for what is inside a `SessionProvider`. */
export function useSession(): SignedIn {
  const session = useContext(Current);
  if (session === null) throw new Error('No session surrounds this');
  return session;
}

/** Lets in who is signed in, and leads everybody else to the sign-in. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const { data: session, error, refetch } = useGet<Session>('/session');
  const [last, setLast] = useState<SignedIn | null>(null);
  useEffect(() => {
    onSignedOut(() => void refetch());
  }, [refetch]);
  if (session?.signedIn === true) carryCsrf(session.csrf);
  useEffect(() => {
    if (session?.signedIn === true) setLast(session);
    // Who comes without a session goes to the sign-in; who had one stays on the page with what they typed.
    else if (session?.signedIn === false && last === null) location.replace(signInPath(here()));
  }, [session, last]);
  const shown = session?.signedIn === true ? session : last;
  if (shown === null) return error === null ? <Loading /> : <NoSession error={error} retry={() => void refetch()} />;
  return (
    <Current value={shown}>
      {children}
      <SignedOutDialog isOpen={session?.signedIn === false} goOn={() => void refetch()} />
    </Current>
  );
}

/** Nobody can say who is signed in: a page of its own, for there is no frame around it. */
function NoSession({ error, retry }: { readonly error: unknown; retry(): void }) {
  const { t } = useWords();
  return (
    <OpenPage title={t('shell.noSession')}>
      <ErrorNote error={error} retry={retry} />
    </OpenPage>
  );
}

function SignedOutDialog({ isOpen, goOn }: { readonly isOpen: boolean; goOn(): void }) {
  const { t } = useWords();
  return (
    <Dialog open={isOpen} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('shell.signedOut.title')}</DialogTitle>
          <DialogContent>{t('shell.signedOut.text')}</DialogContent>
          <DialogActions>
            <Button appearance="secondary" onClick={goOn}>
              {t('shell.signedOut.goOn')}
            </Button>
            <Button as="a" appearance="primary" href={signInPath('/')} target="_blank" rel="opener">
              {t('shell.signedOut.signIn')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** Ends the session, here or everywhere, and leads to where that is said; in a rehearsal, to who is next. */
export function useSignOut(): (everywhere: boolean) => Promise<void> {
  const client = useQueryClient();
  const { rehearsal } = useSession();
  return async (everywhere) => {
    const body = everywhere ? { everywhere: true } : {};
    const ended = await call<{ redirectTo: string | null }>('/session/sign-out', { method: 'POST', body });
    client.clear();
    // The provider that people sign in at has a session of its own, which ends there.
    location.assign(ended.redirectTo ?? (rehearsal ? '/' : '/signed-out'));
  };
}
