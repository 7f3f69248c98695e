import type { PageEntry } from './page-entry.ts';

/** What is shown without a session. */
export const openPages: readonly PageEntry[] = [
  { path: '/rehearsal/sign-in', load: async () => (await import('./rehearsal/sign-in-page.tsx')).SignInPage },
  { path: '/sign-in-failed', load: async () => (await import('./shell/sign-in-failed-page.tsx')).SignInFailedPage },
];
