import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong on a page as it is now, one line each; none if all is well. WCAG 2.2 A and AA, best
 *  practices, and a name for each control. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(await source);
  const results = await page.evaluate(async (): Promise<AxeResults> => {
    const { axe } = globalThis as unknown as { axe: { run(where: object, options: object): Promise<AxeResults> } };
    // Fluent's focus traps end in elements that pass the focus on the moment they get it: nobody ever stops there.
    return axe.run({ exclude: [['[data-tabster-dummy]']] }, { resultTypes: ['violations'] });
  });
  const found = results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  return [...found, ...namelessControls(await page.locator('body').ariaSnapshot())];
}

const controls = /^(checkbox|radio|switch|textbox|searchbox|spinbutton|combobox|slider)$/;
/** Within these a name says which control is meant: the same name may stand in another. */
const places = /^(group|radiogroup|row|listitem|region|dialog|alertdialog|article|form|tabpanel|search)$/;

interface Place {
  readonly depth: number;
  readonly said: string;
  readonly names: Set<string>;
}

/**
 * Controls that have no name, or the name of another of their kind in the same group, one line each. A field around two
 * controls gives both its own label, which axe takes for a name.
 *
 * @param snapshot What Playwright says of a page: a line for each thing, with its role and name, set in by its depth.
 */
export function namelessControls(snapshot: string): string[] {
  let around: readonly Place[] = [{ depth: -1, said: 'the page', names: new Set() }];
  const found: string[] = [];
  for (const line of snapshot.split('\n')) {
    const [, indent = '', role = '', name = ''] = /^( *)- '?(\w+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line) ?? [];
    around = around.filter(({ depth }) => depth < indent.length);
    if (controls.test(role)) found.push(...wrongName(role, name, around.at(-1)));
    if (places.test(role)) around = [...around, { depth: indent.length, said: line.trim(), names: new Set() }];
  }
  return found;
}

function wrongName(role: string, name: string, place: Place | undefined): string[] {
  const said = `${role} "${name}"`;
  const isTaken = place?.names.has(said) === true;
  place?.names.add(said);
  if (name.trim() === '') return [`a ${role} without a name in ${place?.said}`];
  return isTaken ? [`two of ${said} in ${place?.said}`] : [];
}

/**
 * How many pixels a page stays wider than its window: people would have to scroll sideways. A window that has just
 * become narrower may take a moment to be laid out anew.
 */
export async function overflow(page: Page): Promise<number> {
  const wider = () =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  let pixels = await wider();
  for (let look = 0; pixels > 0 && look < 100; look += 1) {
    await page.waitForTimeout(50);
    pixels = await wider();
  }
  return pixels;
}
