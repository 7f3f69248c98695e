import type { PolicyBody } from '../../../src/entitlements/policy/contract.ts';

/** People, told by what they are, as Graph's `subjectSet` has it. */
export interface SubjectSet {
  readonly '@odata.type': string;
  readonly userId?: string;
  readonly groupId?: string;
  readonly connectedOrganizationId?: string;
  readonly managerLevel?: number | null;
  readonly membershipRule?: string;
}

/** A stage of approval, in Graph's names. */
export interface StageDraft {
  readonly durationBeforeAutomaticDenial: string;
  readonly durationBeforeEscalation: string;
  readonly isApproverJustificationRequired: boolean;
  readonly isEscalationEnabled: boolean;
  readonly primaryApprovers: readonly SubjectSet[];
  readonly fallbackPrimaryApprovers: readonly SubjectSet[];
  readonly escalationApprovers: readonly SubjectSet[];
  readonly fallbackEscalationApprovers: readonly SubjectSet[];
  readonly approverInformationVisibility: 'default' | 'notVisible' | 'visible';
}

/** A choice of a question. */
export interface ChoiceDraft {
  readonly actualValue: string;
  readonly text: string;
}

/** A question to the requestor, of any kind; what its kind has not is not sent. */
export interface QuestionDraft {
  readonly id?: string;
  readonly kind: 'short' | 'long' | 'choice';
  readonly text: string;
  readonly isRequired: boolean;
  readonly isAnswerEditable: boolean;
  readonly regexPattern: string;
  readonly isMultipleSelectionAllowed: boolean;
  readonly choices: readonly ChoiceDraft[];
  readonly localizations: readonly object[];
}

export type TargetScope = NonNullable<PolicyBody['allowedTargetScope']>;
export type ExpirationType = 'noExpiration' | 'afterDateTime' | 'afterDuration';

/** A policy while somebody writes it: the wire's document with every property, `''` where nothing is typed. */
export interface PolicyDraft {
  readonly displayName: string;
  readonly description: string;
  readonly allowedTargetScope: TargetScope;
  readonly specificAllowedTargets: readonly SubjectSet[];
  readonly expiration: { readonly type: ExpirationType; readonly duration: string; readonly endDateTime: string };
  readonly requestorSettings: {
    readonly enableTargetsToSelfAddAccess: boolean;
    readonly enableTargetsToSelfUpdateAccess: boolean;
    readonly enableTargetsToSelfRemoveAccess: boolean;
    readonly allowCustomAssignmentSchedule: boolean;
    readonly enableOnBehalfRequestorsToAddAccess: boolean;
    readonly enableOnBehalfRequestorsToUpdateAccess: boolean;
    readonly enableOnBehalfRequestorsToRemoveAccess: boolean;
    readonly onBehalfRequestors: readonly SubjectSet[];
  };
  readonly requestApprovalSettings: {
    readonly isApprovalRequiredForAdd: boolean;
    readonly isApprovalRequiredForUpdate: boolean;
    readonly isRequestorJustificationRequired: boolean;
    readonly stages: readonly StageDraft[];
  };
  readonly automaticRequestSettings: {
    readonly requestAccessForAllowedTargets: boolean;
    readonly removeAccessWhenTargetLeavesAllowedTargets: boolean;
    readonly gracePeriodBeforeAccessRemoval: string;
  } | null;
  readonly notificationSettings: { readonly isAssignmentNotificationDisabled: boolean };
  readonly questions: readonly QuestionDraft[];
  /** What Graph has no word for; kept apart on the wire. */
  readonly allowsSameApproverInSeveralStages: boolean;
}

/** A stage as it begins: the requestor's manager, with a day to decide and a reason to give. */
export const firstStage: StageDraft = {
  durationBeforeAutomaticDenial: 'P1D',
  durationBeforeEscalation: '',
  isApproverJustificationRequired: true,
  isEscalationEnabled: false,
  primaryApprovers: [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }],
  fallbackPrimaryApprovers: [],
  escalationApprovers: [],
  fallbackEscalationApprovers: [],
  approverInformationVisibility: 'default',
};

/** A further stage: people who are named. */
export const nextStage: StageDraft = { ...firstStage, primaryApprovers: [] };

/** A policy as it begins: for people who are named, with two stages and eight hours. */
export function newPolicy(displayName: string): PolicyDraft {
  return {
    displayName,
    description: '',
    allowedTargetScope: 'specificDirectoryUsers',
    specificAllowedTargets: [],
    expiration: { type: 'afterDuration', duration: 'PT8H', endDateTime: '' },
    requestorSettings: {
      enableTargetsToSelfAddAccess: true,
      enableTargetsToSelfUpdateAccess: false,
      enableTargetsToSelfRemoveAccess: true,
      allowCustomAssignmentSchedule: false,
      enableOnBehalfRequestorsToAddAccess: false,
      enableOnBehalfRequestorsToUpdateAccess: false,
      enableOnBehalfRequestorsToRemoveAccess: false,
      onBehalfRequestors: [],
    },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: true,
      isApprovalRequiredForUpdate: true,
      isRequestorJustificationRequired: true,
      stages: [firstStage, nextStage],
    },
    automaticRequestSettings: null,
    notificationSettings: { isAssignmentNotificationDisabled: false },
    questions: [],
    allowsSameApproverInSeveralStages: false,
  };
}

/** A policy that assigns by itself, as it begins: for whom a rule takes in, for as long as it does. */
export function newAutomaticPolicy(displayName: string): PolicyDraft {
  const policy = newPolicy(displayName);
  return {
    ...policy,
    specificAllowedTargets: [{ '@odata.type': '#microsoft.graph.attributeRuleMembers', membershipRule: '' }],
    expiration: { type: 'noExpiration', duration: '', endDateTime: '' },
    requestorSettings: {
      ...policy.requestorSettings,
      enableTargetsToSelfAddAccess: false,
      enableTargetsToSelfRemoveAccess: false,
    },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: false,
      isApprovalRequiredForUpdate: false,
      isRequestorJustificationRequired: false,
      stages: [],
    },
    automaticRequestSettings: {
      requestAccessForAllowedTargets: true,
      removeAccessWhenTargetLeavesAllowedTargets: true,
      gracePeriodBeforeAccessRemoval: 'P7D',
    },
  };
}
