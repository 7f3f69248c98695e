import {
  Button,
  Drawer,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  Image,
  makeStyles,
  Text,
  Toaster,
  tokens,
} from '@fluentui/react-components';
import { DismissRegular, NavigationRegular } from '@fluentui/react-icons';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../api/live.ts';
import { useMe } from '../api/me.ts';
import { toasterId } from '../parts/toast.tsx';
import { useWords } from '../words/use-words.ts';
import { AccountMenu } from './account-menu.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { Navigation } from './navigation.tsx';
import { ClockProvider } from './now.tsx';
import { RehearsalBar, useRehearsalClock } from './rehearsal-bar.tsx';
import { useMedia } from './theme.tsx';

const isWideQuery = matchMedia('(min-width: 900px)');

const useStyles = makeStyles({
  page: { display: 'grid', gridTemplateRows: 'auto auto 1fr', minHeight: '100vh' },
  skip: {
    position: 'absolute',
    insetInlineStart: tokens.spacingHorizontalM,
    top: '-60px',
    zIndex: 10,
    padding: tokens.spacingVerticalS,
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    ':focus': { transform: 'translateY(64px)' },
  },
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    height: '48px',
    paddingInline: tokens.spacingHorizontalM,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  product: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    flexGrow: 1,
  },
  body: { display: 'flex', backgroundColor: tokens.colorNeutralBackground2, minWidth: 0 },
  side: {
    width: '232px',
    flexShrink: 0,
    padding: tokens.spacingHorizontalS,
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground2,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  // The side is as high as the page; the rooms stay in sight in it.
  rooms: { position: 'sticky', top: tokens.spacingVerticalS },
  // As large as the window and let through by the mouse: what is said in passing hangs in its corner.
  notices: { position: 'fixed', inset: 0, pointerEvents: 'none', zIndex: 1000, '& > div': { pointerEvents: 'auto' } },
  main: {
    flexGrow: 1,
    minWidth: 0,
    maxWidth: '1440px',
    marginInline: 'auto',
    padding: `${tokens.spacingVerticalL} clamp(12px, 3vw, 32px) 48px`,
    boxSizing: 'border-box',
    outlineStyle: 'none',
  },
});

/** What surrounds every page of who is signed in: header, rooms, the rehearsal's bar. */
export function Frame() {
  const styles = useStyles();
  const { t } = useWords();
  const { data: me } = useMe();
  const clock = useRehearsalClock(me);
  const isWide = useMedia(isWideQuery);
  const [isOpen, setOpen] = useState(false);
  const main = useFocusOnNewPage();
  useLive();
  useKeptFocus();
  const told = clock ?? { now: me?.now ?? new Date().toISOString(), isRunning: true };
  return (
    <ClockProvider told={told}>
      <div className={styles.page}>
        <a href="#main" className={styles.skip}>
          {t('shell.skip')}
        </a>
        <header className={styles.header}>
          {isWide ? null : (
            <Button
              appearance="subtle"
              icon={<NavigationRegular />}
              aria-label={t('shell.openNavigation')}
              aria-expanded={isOpen}
              onClick={() => setOpen(true)}
            />
          )}
          <Link to="/" className={styles.product}>
            <Image src="/mark.svg" alt="" width={24} height={24} />
            <Text weight="semibold" size={400}>
              {t('shell.product')}
            </Text>
          </Link>
          <AccountMenu />
        </header>
        {clock === null ? <div /> : <RehearsalBar clock={clock} />}
        <div className={styles.body}>
          {isWide ? (
            <div className={styles.side}>
              <div className={styles.rooms}>
                <Navigation me={me} />
              </div>
            </div>
          ) : (
            <Drawer type="overlay" open={isOpen} onOpenChange={(_event, { open }) => setOpen(open)} size="small">
              <DrawerHeader>
                <DrawerHeaderTitle
                  action={
                    <Button
                      appearance="subtle"
                      icon={<DismissRegular />}
                      aria-label={t('shell.closeNavigation')}
                      onClick={() => setOpen(false)}
                    />
                  }
                >
                  {t('shell.product')}
                </DrawerHeaderTitle>
              </DrawerHeader>
              <DrawerBody>
                <Navigation me={me} onGo={() => setOpen(false)} />
              </DrawerBody>
            </Drawer>
          )}
          <main id="main" className={styles.main} tabIndex={-1} ref={main}>
            <Outlet />
          </main>
        </div>
        <section className={styles.notices} aria-label={t('shell.notices')}>
          <Toaster toasterId={toasterId} position="bottom-end" inline />
        </section>
      </div>
    </ClockProvider>
  );
}

/** Who follows a link by keyboard or ear is at the new page's beginning, not where the old one was left. */
function useFocusOnNewPage() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [pathname]);
  return main;
}
