import type { PageEntry } from './page-entry.ts';

/** What is shown without a session. */
export const openPages: readonly PageEntry[] = [
  { path: '/rehearsal/sign-in', load: async () => (await import('./rehearsal/sign-in-page.tsx')).SignInPage },
  { path: '/sign-in-failed', load: async () => (await import('./shell/sign-in-failed-page.tsx')).SignInFailedPage },
  { path: '/interaction/$uid', load: async () => (await import('./sign-in/sign-in-page.tsx')).SignInPage },
  { path: '/sign-in-link', load: async () => (await import('./sign-in/link-page.tsx')).LinkPage },
  { path: '/device', load: async () => (await import('./sign-in/device-page.tsx')).DevicePage },
  { path: '/signed-out', load: async () => (await import('./sign-in/signed-out-page.tsx')).SignedOutPage },
];
