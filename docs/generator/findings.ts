import { kindsOfFindings } from '../../src/health/model.ts';
import { document, table } from './page.ts';

/** The page of all kinds of findings: how bad they are, what they say, and what to do. */
export function findingsPage(): string {
  const kinds = Object.entries(kindsOfFindings);
  const of = (wanted: string) =>
    table(
      ['kind', 'what is wrong', 'what to do', '`whatToDo`'],
      kinds
        .filter(([, { severity }]) => severity === wanted)
        .map(([kind, { says, advice, whatToDo }]) => [`\`${kind}\``, says, advice, `\`${whatToDo}\``]),
    );
  return document(
    'Findings',
    [
      '`GET /sallyport/findings` looks at the design and at who holds what, as things are now, and says what is wrong. A',
      'finding has the same `id` as long as the same is wrong with the same thing. `severity`, `kind` and `subjectId` in the',
      'query narrow them; they come the worst first, in pages as everywhere (`$top`, `$skip`, `$count`,',
      '`@odata.nextLink`). `bySeverity` counts them, whichever severity is asked for. They are for holders of an active role that reads roles or governs access, and for applications that may read role management.',
    ].join(' '),
    `## High\n\n${of('high')}`,
    `## Medium\n\n${of('medium')}`,
    `## Low\n\n${of('low')}`,
  );
}
