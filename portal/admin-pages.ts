import type { PageEntry } from './page-entry.ts';

/** What administrators and auditors have. */
export const adminPages: readonly PageEntry[] = [
  { path: '/admin/catalogs', load: async () => (await import('./admin/catalogs/catalogs-page.tsx')).CatalogsPage },
  {
    path: '/admin/catalogs/$catalogId',
    load: async () => (await import('./admin/catalogs/catalog-page.tsx')).CatalogPage,
  },
  { path: '/admin/packages', load: async () => (await import('./admin/packages/packages-page.tsx')).PackagesPage },
  { path: '/admin/users', load: async () => (await import('./admin/users/users-page.tsx')).UsersPage },
  { path: '/admin/users/$userId', load: async () => (await import('./admin/users/user-page.tsx')).UserPage },
  { path: '/admin/groups', load: async () => (await import('./admin/groups/groups-page.tsx')).AdminGroupsPage },
  { path: '/admin/groups/$groupId', load: async () => (await import('./admin/groups/group-page.tsx')).GroupPage },
  { path: '/admin/pim-groups', load: async () => (await import('./admin/pim/groups-page.tsx')).PimGroupsPage },
  {
    path: '/admin/pim-groups/$groupId',
    load: async () => (await import('./admin/groups/group-page.tsx')).PimGroupPage,
  },
  {
    path: '/admin/applications',
    load: async () => (await import('./admin/applications/applications-page.tsx')).ApplicationsPage,
  },
  {
    path: '/admin/applications/$applicationId',
    load: async () => (await import('./admin/applications/application-page.tsx')).ApplicationPage,
  },
  { path: '/admin/roles', load: async () => (await import('./admin/roles/roles-page.tsx')).AdminRolesPage },
  { path: '/admin/roles/$roleId', load: async () => (await import('./admin/roles/role-page.tsx')).RolePage },
  { path: '/admin/health', load: async () => (await import('./admin/health/health-page.tsx')).HealthPage },
  { path: '/admin/audit', load: async () => (await import('./admin/audit/audit-page.tsx')).AuditPage },
  {
    path: '/admin/packages/new',
    load: async () => (await import('./admin/packages/new/new-package-page.tsx')).NewPackagePage,
  },
  {
    path: '/admin/packages/$packageId',
    load: async () => (await import('./admin/packages/package-page.tsx')).PackagePage,
  },
  {
    path: '/admin/packages/$packageId/policies/$policyId',
    load: async () => (await import('./admin/packages/policy-page.tsx')).PolicyPage,
  },
];
