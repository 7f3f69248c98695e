import type { Page } from 'playwright-core';

/** How long nothing is under way until a page counts as done. */
const quietMs = 250;

/** Watches what a page asks its server for; gives what waits until nothing is under way, the live stream aside. */
export function watch(page: Page): () => Promise<void> {
  const open = new Set<object>();
  let lastAt = 0;
  const touch = () => {
    lastAt = performance.now();
  };
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/live') return;
    open.add(request);
    touch();
  });
  const close = (request: object) => {
    open.delete(request);
    touch();
  };
  page.on('requestfinished', close);
  page.on('requestfailed', close);
  return async () => {
    touch();
    while (open.size > 0 || performance.now() - lastAt < quietMs) await page.waitForTimeout(50);
  };
}
