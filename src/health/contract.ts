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

/** What findings are asked with, beside `$top`, `$skip` and `$count`. */
export const findingsQuery = shape({
  severity: enumOf(severities),
  kind: enumOf(kinds),
  subjectId: text({ maxLength: 36 }),
});

/** What is answered. */
export const findingsAnswer = shape({
  '@odata.count': int({ minimum: 0 }),
  '@odata.nextLink': text(),
  /** How many there are of each severity, whichever of them is asked for. */
  bySeverity: required(shape({ high: required(int()), medium: required(int()), low: required(int()) })),
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
