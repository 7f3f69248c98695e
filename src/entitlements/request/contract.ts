import { anything, guid, listOf, nullable, required, type Static, shape, text } from '../../graph/schema.ts';
import { byId } from '../catalog/contract.ts';
import { scheduleShape } from '../policy/contract.ts';

/** A subject: by its id in the directory, or by the id that Graph gives subjects, which is the same here. */
const subject = shape(
  { id: guid(), objectId: guid(), email: nullable(text({ maxLength: 320 })) },
  {
    readOnly: [
      'displayName',
      'principalName',
      'subjectType',
      'subjectLifecycle',
      'onPremisesSecurityIdentifier',
      'connectedOrganization',
    ],
  },
);

const assignment = shape(
  {
    id: nullable(guid()),
    // Documented, and not declared on the type.
    targetId: nullable(guid()),
    assignmentPolicyId: nullable(guid()),
    accessPackageId: nullable(guid()),
    target: nullable(subject),
    assignmentPolicy: nullable(byId()),
    accessPackage: nullable(byId('isHidden')),
  },
  {
    readOnly: ['state', 'status', 'expiredDateTime', 'schedule', 'customExtensionCalloutInstances'],
    welcome: ['targetId', 'assignmentPolicyId', 'accessPackageId'],
  },
);

const answer = shape({
  value: nullable(text({ maxLength: 8192 })),
  displayValue: nullable(text({ maxLength: 8192 })),
  answeredQuestion: required(
    shape(
      { id: required(guid()) },
      {
        readOnly: [
          'sequence',
          'isRequired',
          'isAnswerEditable',
          'text',
          'localizations',
          'isSingleLineQuestion',
          'regexPattern',
          'isMultipleSelectionAllowed',
          'choices',
        ],
      },
    ),
  ),
});

/** `accessPackageAssignmentRequest`, as it is sent. */
export const requestBody = shape(
  {
    requestType: required(text({ maxLength: 64 })),
    assignment: required(assignment),
    accessPackage: nullable(byId('isHidden')),
    requestor: nullable(subject),
    justification: nullable(text({ maxLength: 4096 })),
    answers: nullable(listOf(answer, { maxItems: 50 })),
    schedule: nullable(scheduleShape),
    customExtensionCalloutInstances: nullable(listOf(anything(), { maxItems: 0 })),
  },
  {
    readOnly: ['id', 'state', 'status', 'createdDateTime', 'completedDateTime'],
    aliases: { accessPackageAssignment: 'assignment' },
  },
);

/** What an approver sends to put answers right; the rest is taken as it was read, and changes nothing. */
export const answersBody = shape(
  { answers: required(listOf(answer, { maxItems: 50 })) },
  {
    readOnly: [
      'id',
      'requestType',
      'state',
      'status',
      'createdDateTime',
      'completedDateTime',
      'justification',
      'schedule',
      'customExtensionCalloutInstances',
      'accessPackage',
      'assignment',
      'requestor',
    ],
  },
);

/** Answers as they are put right. */
export type AnswersBody = Static<typeof answersBody>;

/** A request as it is sent. */
export type RequestBody = Static<typeof requestBody>;

/** `approvalStage`, as an approver sends it. */
export const stageBody = shape(
  { reviewResult: required(text({ maxLength: 64 })), justification: nullable(text({ maxLength: 4096 })) },
  { readOnly: ['id', 'displayName', 'assignedToMe', 'reviewedBy', 'reviewedDateTime', 'status'] },
);

/** A decision as it is sent. */
export type StageBody = Static<typeof stageBody>;

/** What a custom extension sends when it is done. */
export const resumeBody = shape({
  source: nullable(text({ maxLength: 256 })),
  type: nullable(text({ maxLength: 256 })),
  data: nullable(anything()),
});

/** A callback as it is sent. */
export type ResumeBody = Static<typeof resumeBody>;
