import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JourneyStage, openStage } from './stage.ts';

/** Bytes of compressed JavaScript that may come before the first page works. */
const atMost = 350 * 1024;

let stage: JourneyStage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());

test.each(['/', '/roles', '/admin/users'])('%s needs little JavaScript, and nothing of another host', async (path) => {
  const page = await stage.enter('admin', path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const loaded: { name: string; size: number }[] = await page.evaluate(
    "performance.getEntriesByType('resource').map((one) => ({ name: one.name, size: one.encodedBodySize }))",
  );
  const scripts = loaded.filter(({ name }) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(1);
  const total = scripts.reduce((sum, { size }) => sum + size, 0);
  expect(total).toBeGreaterThan(100 * 1024);
  expect(total).toBeLessThan(atMost);
  expect(new Set(loaded.map(({ name }) => new URL(name).origin))).toEqual(new Set([stage.play.url]));
  await page.context().close();
});
