import type { PageEntry } from './page-entry.ts';

/** What is shown without a session. */
export const openPages: readonly PageEntry[] = [];
