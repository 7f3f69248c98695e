import type { PageEntry } from './page-entry.ts';

/** What everybody has: their own access, and what they decide about others'. */
export const accessRooms: readonly PageEntry[] = [
  { path: '/', load: async () => (await import('./overview/overview-page.tsx')).OverviewPage },
  { path: '/rehearsal/mailbox', load: async () => (await import('./rehearsal/mailbox-page.tsx')).MailboxPage },
  { path: '/approvals', load: async () => (await import('./approvals/approvals-page.tsx')).ApprovalsPage },
  {
    path: '/approvals/$kind/$approvalId',
    load: async () => (await import('./approvals/approval-page.tsx')).ApprovalPage,
  },
  { path: '/roles', load: async () => (await import('./roles/roles-page.tsx')).RolesPage },
  { path: '/groups', load: async () => (await import('./groups/groups-page.tsx')).GroupsPage },
];
