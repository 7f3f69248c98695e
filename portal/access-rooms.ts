import type { PageEntry } from './page-entry.ts';

/** What everybody has: their own access, and what they decide about others'. */
export const accessRooms: readonly PageEntry[] = [
  { path: '/', load: async () => (await import('./overview/overview-page.tsx')).OverviewPage },
  { path: '/packages', load: async () => (await import('./packages/packages-page.tsx')).PackagesPage },
  {
    path: '/packages/$packageId',
    load: async () => (await import('./packages/request/request-page.tsx')).RequestPage,
  },
  { path: '/requests', load: async () => (await import('./requests/requests-page.tsx')).RequestsPage },
  {
    path: '/requests/$requestId',
    load: async () => (await import('./requests/request-story-page.tsx')).RequestStoryPage,
  },
  { path: '/rehearsal/mailbox', load: async () => (await import('./rehearsal/mailbox-page.tsx')).MailboxPage },
  { path: '/approvals', load: async () => (await import('./approvals/approvals-page.tsx')).ApprovalsPage },
  {
    path: '/approvals/$approvalId',
    load: async () => (await import('./approvals/approval-page.tsx')).ApprovalPage,
  },
  { path: '/security', load: async () => (await import('./security/security-page.tsx')).SecurityPage },
  { path: '/roles', load: async () => (await import('./roles/roles-page.tsx')).RolesPage },
  { path: '/groups', load: async () => (await import('./groups/groups-page.tsx')).GroupsPage },
];
