import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { accessRooms } from './access-rooms.ts';
import { adminPages } from './admin-pages.ts';
import { openPages } from './open-pages.ts';
import type { PageEntry } from './page-entry.ts';
import { Crashed, NotFound } from './shell/dead-ends.tsx';
import { Frame } from './shell/frame.tsx';
import { SessionProvider } from './shell/session.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: () => (
    <SessionProvider>
      <Frame />
    </SessionProvider>
  ),
});

const routesOf = (parent: AnyRoute, pages: readonly PageEntry[]) =>
  pages.map(({ path, load }) =>
    createRoute({
      getParentRoute: () => parent,
      path,
      component: lazyRouteComponent(async () => ({ default: await load() })),
    }),
  );

const elsewhere = createRoute({ getParentRoute: () => signedIn, path: '$', component: NotFound });

/** All pages. Those of `openPages` are for who is not signed in. */
export const router = createRouter({
  routeTree: root.addChildren([
    signedIn.addChildren([...routesOf(signedIn, [...accessRooms, ...adminPages]), elsewhere]),
    ...routesOf(root, openPages),
  ]),
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
  defaultPreload: 'intent',
  scrollRestoration: true,
});
