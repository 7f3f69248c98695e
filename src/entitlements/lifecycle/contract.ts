import { enumOf, readOnly, required, type Static, shape } from '../../graph/schema.ts';

/** `accessPackageSubject`, as it is sent to govern a guest. */
export const subjectBody = shape(
  { subjectLifecycle: required(enumOf(['notDefined', 'notGoverned', 'governed'])) },
  {
    readOnly: readOnly(
      'id',
      'objectId',
      'displayName',
      'principalName',
      'email',
      'onPremisesSecurityIdentifier',
      'subjectType',
      'connectedOrganization',
    ),
  },
);

/** What may be said of a subject. */
export type SubjectBody = Static<typeof subjectBody>;
