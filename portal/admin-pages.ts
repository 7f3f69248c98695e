import type { PageEntry } from './page-entry.ts';

/** What administrators and auditors have. */
export const adminPages: readonly PageEntry[] = [
  { path: '/admin/catalogs', load: async () => (await import('./admin/catalogs/catalogs-page.tsx')).CatalogsPage },
  {
    path: '/admin/catalogs/$catalogId',
    load: async () => (await import('./admin/catalogs/catalog-page.tsx')).CatalogPage,
  },
  { path: '/admin/packages', load: async () => (await import('./admin/packages/packages-page.tsx')).PackagesPage },
];
