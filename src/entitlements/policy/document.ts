import type { Id } from '../../kernel/ids.ts';
import type { PolicyBody } from './contract.ts';

/** People, in Graph's shape. */
export interface SubjectSet {
  readonly '@odata.type': string;
  readonly userId?: string;
  readonly groupId?: string;
  readonly connectedOrganizationId?: string;
  readonly managerLevel?: number | null;
  readonly membershipRule?: string;
  readonly description?: string | null;
}

export interface StageDocument {
  readonly durationBeforeAutomaticDenial: string;
  readonly durationBeforeEscalation: string | null;
  readonly isApproverJustificationRequired: boolean;
  readonly isEscalationEnabled: boolean;
  readonly primaryApprovers: readonly SubjectSet[];
  readonly fallbackPrimaryApprovers: readonly SubjectSet[];
  readonly escalationApprovers: readonly SubjectSet[];
  readonly fallbackEscalationApprovers: readonly SubjectSet[];
  readonly approverInformationVisibility: string;
}

export interface ExpirationDocument {
  readonly type: 'notSpecified' | 'noExpiration' | 'afterDateTime' | 'afterDuration';
  readonly endDateTime: string | null;
  readonly duration: string | null;
}

export interface QuestionDocument {
  readonly '@odata.type': string;
  readonly id: Id;
  readonly sequence: number;
  readonly isRequired: boolean;
  readonly isAnswerEditable: boolean;
  readonly text: string;
  readonly localizations: readonly object[];
  readonly isSingleLineQuestion?: boolean;
  readonly regexPattern?: string | null;
  readonly isMultipleSelectionAllowed?: boolean;
  readonly choices?: readonly { readonly actualValue: string; readonly text: string | null }[];
}

/** A policy as it is kept: in Graph's shape, with every property. */
export interface PolicyDocument {
  readonly displayName: string;
  readonly description: string | null;
  readonly allowedTargetScope: NonNullable<PolicyBody['allowedTargetScope']>;
  readonly specificAllowedTargets: readonly SubjectSet[];
  readonly expiration: ExpirationDocument;
  readonly requestorSettings: Readonly<Record<RequestorSwitch, boolean>> & {
    readonly onBehalfRequestors: readonly SubjectSet[];
  };
  readonly requestApprovalSettings: {
    readonly isApprovalRequiredForAdd: boolean;
    readonly isApprovalRequiredForUpdate: boolean;
    readonly isRequestorJustificationRequired: boolean;
    readonly stages: readonly StageDocument[];
  };
  readonly automaticRequestSettings: {
    readonly requestAccessForAllowedTargets: boolean;
    readonly removeAccessWhenTargetLeavesAllowedTargets: boolean;
    readonly gracePeriodBeforeAccessRemoval: string | null;
  } | null;
  readonly reviewSettings: Readonly<Record<string, unknown> & { isEnabled: boolean }> | null;
  readonly notificationSettings: { readonly isAssignmentNotificationDisabled: boolean };
  readonly questions: readonly QuestionDocument[];
  readonly customExtensionStageSettings: readonly unknown[];
}

const requestorSwitches = [
  'enableTargetsToSelfAddAccess',
  'enableTargetsToSelfUpdateAccess',
  'enableTargetsToSelfRemoveAccess',
  'allowCustomAssignmentSchedule',
  'enableOnBehalfRequestorsToAddAccess',
  'enableOnBehalfRequestorsToUpdateAccess',
  'enableOnBehalfRequestorsToRemoveAccess',
] as const;

type RequestorSwitch = (typeof requestorSwitches)[number];

type Stage = NonNullable<NonNullable<PolicyBody['requestApprovalSettings']>['stages']>[number];
type Question = NonNullable<PolicyBody['questions']>[number];

/**
 * Completes what was sent with what Graph gives back for properties that were left out. One is completed the safe
 * way: who sends stages and does not say whether they count, means them to (Graph would let everybody through), for
 * extensions as well.
 */
export function documentOf(body: PolicyBody, newId: () => Id): PolicyDocument {
  const settings = body.requestorSettings ?? {};
  const approval = body.requestApprovalSettings ?? {};
  const isApprovalRequiredForAdd = approval.isApprovalRequiredForAdd ?? (approval.stages ?? []).length > 0;
  const switches = requestorSwitches.map((name) => [name, settings[name] ?? false] as const);
  return {
    displayName: body.displayName ?? '',
    description: body.description ?? null,
    allowedTargetScope: body.allowedTargetScope ?? 'notSpecified',
    specificAllowedTargets: peopleOf(body.specificAllowedTargets),
    expiration: expirationOf(body.expiration),
    requestorSettings: {
      ...(Object.fromEntries(switches) as Record<RequestorSwitch, boolean>),
      onBehalfRequestors: peopleOf(settings.onBehalfRequestors),
    },
    requestApprovalSettings: {
      isApprovalRequiredForAdd,
      isApprovalRequiredForUpdate: approval.isApprovalRequiredForUpdate ?? isApprovalRequiredForAdd,
      isRequestorJustificationRequired: approval.isRequestorJustificationRequired ?? false,
      stages: (approval.stages ?? []).map(stageOf),
    },
    automaticRequestSettings: automaticOf(body.automaticRequestSettings),
    reviewSettings: reviewOf(body.reviewSettings),
    notificationSettings: body.notificationSettings?.isAssignmentNotificationDisabled
      ? { isAssignmentNotificationDisabled: true }
      : { isAssignmentNotificationDisabled: false },
    questions: (body.questions ?? []).map((question, index) => questionOf(question, index, newId)),
    customExtensionStageSettings: body.customExtensionStageSettings ?? [],
  };
}

/** Sets of people, their ids in lower case as everywhere. */
function peopleOf(sets: readonly SubjectSet[] | null | undefined): SubjectSet[] {
  return (sets ?? []).map((set) => ({
    ...set,
    ...(set.userId === undefined ? {} : { userId: set.userId.toLowerCase(), description: set.description ?? null }),
    ...(set.groupId === undefined ? {} : { groupId: set.groupId.toLowerCase(), description: set.description ?? null }),
    ...(set.connectedOrganizationId === undefined
      ? {}
      : { connectedOrganizationId: set.connectedOrganizationId.toLowerCase(), description: set.description ?? null }),
  }));
}

function expirationOf(sent: PolicyBody['expiration']): ExpirationDocument {
  const guessed = sent?.duration ? 'afterDuration' : sent?.endDateTime ? 'afterDateTime' : 'notSpecified';
  return { type: sent?.type ?? guessed, endDateTime: sent?.endDateTime ?? null, duration: sent?.duration ?? null };
}

function stageOf(sent: Stage): StageDocument {
  return {
    durationBeforeAutomaticDenial: sent.durationBeforeAutomaticDenial ?? 'P14D',
    durationBeforeEscalation: sent.durationBeforeEscalation ?? null,
    isApproverJustificationRequired: sent.isApproverJustificationRequired ?? false,
    isEscalationEnabled: sent.isEscalationEnabled ?? false,
    primaryApprovers: peopleOf(sent.primaryApprovers),
    fallbackPrimaryApprovers: peopleOf(sent.fallbackPrimaryApprovers),
    escalationApprovers: peopleOf(sent.escalationApprovers),
    fallbackEscalationApprovers: peopleOf(sent.fallbackEscalationApprovers),
    approverInformationVisibility: sent.approverInformationVisibility ?? 'default',
  };
}

function automaticOf(sent: PolicyBody['automaticRequestSettings']): PolicyDocument['automaticRequestSettings'] {
  if (sent === null || sent === undefined) return null;
  return {
    requestAccessForAllowedTargets: sent.requestAccessForAllowedTargets ?? false,
    removeAccessWhenTargetLeavesAllowedTargets: sent.removeAccessWhenTargetLeavesAllowedTargets ?? false,
    gracePeriodBeforeAccessRemoval: sent.gracePeriodBeforeAccessRemoval ?? null,
  };
}

function reviewOf(sent: PolicyBody['reviewSettings']): PolicyDocument['reviewSettings'] {
  if (sent === null || sent === undefined) return null;
  return {
    ...sent,
    isEnabled: sent.isEnabled ?? false,
    primaryReviewers: peopleOf(sent.primaryReviewers),
    fallbackReviewers: peopleOf(sent.fallbackReviewers),
  };
}

function questionOf(sent: Question, index: number, newId: () => Id): QuestionDocument {
  const base = {
    '@odata.type': sent['@odata.type'],
    id: sent.id?.toLowerCase() ?? newId(),
    sequence: sent.sequence ?? index,
    isRequired: sent.isRequired ?? false,
    isAnswerEditable: sent.isAnswerEditable ?? true,
    text: sent.text,
    localizations: sent.localizations ?? [],
  };
  if (sent['@odata.type'] === '#microsoft.graph.accessPackageTextInputQuestion') {
    return {
      ...base,
      isSingleLineQuestion: sent.isSingleLineQuestion ?? false,
      regexPattern: sent.regexPattern ?? null,
    };
  }
  const choices = sent.choices.map((choice) => ({
    actualValue: choice.actualValue,
    text: choice.text ?? choice.actualValue,
    localizations: choice.localizations ?? [],
  }));
  return { ...base, isMultipleSelectionAllowed: sent.isMultipleSelectionAllowed ?? false, choices };
}
