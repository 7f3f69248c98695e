import type { House } from '../../test/shape/house.ts';
import { configurationPage } from './configuration.ts';
import { declaredRegistry } from './declared.ts';
import { eventsPage } from './events.ts';
import { findingsPage } from './findings.ts';
import { readFlow } from './flow.ts';
import { mailsPage } from './mails.ts';
import { operationsPage } from './operations.ts';
import { refusalsPage } from './refusals.ts';
import { rulesPage } from './rules.ts';
import { statesPage } from './states.ts';

/** All generated pages, by their path from the root of the repository. */
export function referencePages(house: House): ReadonlyMap<string, string> {
  return new Map([
    ['docs/reference/configuration.md', configurationPage()],
    ['docs/reference/events.md', eventsPage()],
    ['docs/reference/findings.md', findingsPage()],
    ['docs/reference/mails.md', mailsPage()],
    ['docs/reference/operations.md', operationsPage(declaredRegistry())],
    ['docs/reference/refusals.md', refusalsPage(readFlow(house))],
    ['docs/reference/rules.md', rulesPage(house)],
    ['docs/reference/states.md', statesPage()],
  ]);
}
