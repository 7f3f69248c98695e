import {
  anything,
  bool,
  duration,
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  oneOfTypes,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';
import { byId } from '../catalog/contract.ts';

const description = nullable(text({ maxLength: 1024 }));
const graph = '#microsoft.graph.';

/** `subjectSet`: people, told by what they are. Who is not supported where is said by the rules, not by the shape. */
const subjectSet = oneOfTypes({
  [`${graph}singleUser` as const]: shape({ userId: required(guid()), description }, { welcome: ['id', 'isBackup'] }),
  [`${graph}groupMembers` as const]: shape({ groupId: required(guid()), description }, { welcome: ['id', 'isBackup'] }),
  [`${graph}requestorManager` as const]: shape({ managerLevel: nullable(int({ minimum: 1, maximum: 4 })) }),
  [`${graph}targetManager` as const]: shape({ managerLevel: nullable(int({ minimum: 1, maximum: 4 })) }),
  [`${graph}internalSponsors` as const]: shape({}),
  [`${graph}externalSponsors` as const]: shape({}),
  [`${graph}targetUserSponsors` as const]: shape({}),
  [`${graph}targetApplicationOwners` as const]: shape({}),
  [`${graph}targetAgentIdentitySponsorsOrOwners` as const]: shape({}),
  [`${graph}connectedOrganizationMembers` as const]: shape({
    connectedOrganizationId: required(guid()),
    description,
  }),
  [`${graph}singleServicePrincipal` as const]: shape({ servicePrincipalId: text({ maxLength: 64 }), description }),
  [`${graph}attributeRuleMembers` as const]: shape({ membershipRule: text({ maxLength: 3072 }), description }),
});

const people = nullable(listOf(subjectSet, { maxItems: 100 }));

const stage = shape({
  durationBeforeAutomaticDenial: nullable(duration()),
  durationBeforeEscalation: nullable(duration()),
  isApproverJustificationRequired: nullable(bool()),
  isEscalationEnabled: nullable(bool()),
  primaryApprovers: people,
  fallbackPrimaryApprovers: people,
  escalationApprovers: people,
  fallbackEscalationApprovers: people,
  approverInformationVisibility: enumOf(['default', 'notVisible', 'visible']),
});

const expiration = shape({
  type: nullable(enumOf(['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'])),
  endDateTime: nullable(instant()),
  duration: nullable(duration()),
});

/** `entitlementManagementSchedule`. */
export const scheduleShape = shape({
  startDateTime: nullable(instant()),
  expiration: nullable(expiration),
  recurrence: nullable(anything()),
});

const localizations = nullable(
  listOf(shape({ languageCode: required(text({ maxLength: 32 })), text: nullable(text({ maxLength: 1024 })) }), {
    maxItems: 100,
  }),
);

const questionBase = {
  id: guid(),
  sequence: int({ minimum: 0, maximum: 1000 }),
  isRequired: nullable(bool()),
  isAnswerEditable: nullable(bool()),
  text: required(text({ minLength: 1, maxLength: 1024 })),
  localizations,
};

const question = oneOfTypes({
  [`${graph}accessPackageTextInputQuestion` as const]: shape({
    ...questionBase,
    isSingleLineQuestion: nullable(bool()),
    regexPattern: nullable(text({ maxLength: 512 })),
  }),
  [`${graph}accessPackageMultipleChoiceQuestion` as const]: shape({
    ...questionBase,
    isMultipleSelectionAllowed: nullable(bool()),
    choices: required(
      listOf(
        shape({
          actualValue: required(text({ minLength: 1, maxLength: 256 })),
          text: nullable(text({ maxLength: 256 })),
          localizations,
        }),
        { minItems: 1, maxItems: 100 },
      ),
    ),
  }),
});

/** `accessPackageAssignmentPolicy`, as it is sent to create a policy or to replace one whole. */
export const policyBody = shape(
  {
    displayName: text({ minLength: 1, maxLength: 256 }),
    description: nullable(text({ maxLength: 4096 })),
    allowedTargetScope: enumOf([
      'notSpecified',
      'specificDirectoryUsers',
      'specificConnectedOrganizationUsers',
      'specificDirectoryServicePrincipals',
      'allMemberUsers',
      'allDirectoryUsers',
      'allDirectoryServicePrincipals',
      'allConfiguredConnectedOrganizationUsers',
      'allExternalUsers',
      'allDirectoryAgentIdentities',
    ]),
    specificAllowedTargets: people,
    expiration: nullable(expiration),
    requestorSettings: nullable(
      shape({
        enableTargetsToSelfAddAccess: nullable(bool()),
        enableTargetsToSelfUpdateAccess: nullable(bool()),
        enableTargetsToSelfRemoveAccess: nullable(bool()),
        allowCustomAssignmentSchedule: nullable(bool()),
        enableOnBehalfRequestorsToAddAccess: nullable(bool()),
        enableOnBehalfRequestorsToUpdateAccess: nullable(bool()),
        enableOnBehalfRequestorsToRemoveAccess: nullable(bool()),
        onBehalfRequestors: people,
      }),
    ),
    requestApprovalSettings: nullable(
      shape({
        isApprovalRequiredForAdd: nullable(bool()),
        isApprovalRequiredForUpdate: nullable(bool()),
        isRequestorJustificationRequired: nullable(bool()),
        stages: nullable(listOf(stage)),
      }),
    ),
    automaticRequestSettings: nullable(
      shape({
        requestAccessForAllowedTargets: nullable(bool()),
        removeAccessWhenTargetLeavesAllowedTargets: nullable(bool()),
        gracePeriodBeforeAccessRemoval: nullable(duration()),
      }),
    ),
    reviewSettings: nullable(
      shape({
        isEnabled: nullable(bool()),
        expirationBehavior: nullable(enumOf(['keepAccess', 'removeAccess', 'acceptAccessRecommendation'])),
        isRecommendationEnabled: nullable(bool()),
        isReviewerJustificationRequired: nullable(bool()),
        isSelfReview: nullable(bool()),
        primaryReviewers: people,
        fallbackReviewers: people,
        schedule: nullable(scheduleShape),
      }),
    ),
    notificationSettings: nullable(shape({ isAssignmentNotificationDisabled: bool() })),
    questions: nullable(listOf(question, { maxItems: 50 })),
    customExtensionStageSettings: nullable(listOf(anything(), { maxItems: 20 })),
    accessPackage: nullable(byId('isHidden', 'catalog')),
  },
  {
    readOnly: ['id', 'createdDateTime', 'modifiedDateTime', 'catalog'],
    // https://learn.microsoft.com/graph/api/entitlementmanagement-post-assignmentpolicies, the example with questions.
    takesTexts: true,
  },
);

/** A policy as it is sent. */
export type PolicyBody = Static<typeof policyBody>;

/** What Graph has no word for, as it is sent to `/sallyport/assignmentPolicies/{id}`. */
export const ownPolicyBody = shape(
  { allowsSameApproverInSeveralStages: bool() },
  { readOnly: ['id', 'displayName', 'modifiedDateTime'] },
);

export type OwnPolicyBody = Static<typeof ownPolicyBody>;
