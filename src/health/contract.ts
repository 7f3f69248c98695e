import {
  anything,
  enumOf,
  instant,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../graph/schema.ts';
import { type FindingKind, kindsOfFindings } from './model.ts';

const severities = ['high', 'medium', 'low'] as const;
const kinds = Object.keys(kindsOfFindings) as FindingKind[];
const subjects = ['user', 'group', 'roleDefinition', 'accessPackage', 'assignmentPolicy'] as const;

/** How many findings a page has unless said, and at most. */
export const pageSizes = { usual: 50, most: 200 } as const;

/** What findings are asked with; texts, as all of a query. */
export const findingsQuery = shape({
  severity: enumOf(severities),
  kind: enumOf(kinds),
  subjectId: text({ maxLength: 36 }),
  top: text({ maxLength: 3 }),
  skip: text({ maxLength: 9 }),
});

/** What is answered. */
export const findingsAnswer = shape({
  /** How many there are in all that fit, and how many of each severity. */
  count: required(int({ minimum: 0 })),
  bySeverity: required(shape({ high: required(int()), medium: required(int()), low: required(int()) })),
  /** How many to skip for the next page; null on the last. */
  next: required(nullable(int({ minimum: 0 }))),
  value: required(
    listOf(
      shape({
        id: required(text()),
        kind: required(enumOf(kinds)),
        severity: required(enumOf(severities)),
        subject: required(
          shape({ type: required(enumOf(subjects)), id: required(text()), displayName: required(text()) }),
        ),
        facts: required(anything()),
        since: required(nullable(instant())),
        whatToDo: required(text()),
        links: required(anything()),
      }),
    ),
  ),
});

export type FindingsAnswer = Static<typeof findingsAnswer>;
