import type { PageEntry } from './page-entry.ts';

/** What administrators and auditors have. */
export const adminPages: readonly PageEntry[] = [];
