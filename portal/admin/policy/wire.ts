import type { PolicyBody } from '../../../src/entitlements/policy/contract.ts';
import type { PolicyDraft, QuestionDraft, StageDraft, SubjectSet } from './draft.ts';

const graph = '#microsoft.graph.';

/** `accessPackageAssignmentPolicy` as it is read. */
export type Policy = Omit<PolicyBody, 'displayName'> & {
  readonly id: string;
  readonly displayName: string;
  readonly createdDateTime: string;
  readonly modifiedDateTime: string;
};

type Stage = NonNullable<NonNullable<PolicyBody['requestApprovalSettings']>['stages']>[number];
type Question = NonNullable<PolicyBody['questions']>[number];

/** What is sent to keep a draft. What is half typed is sent as it is: the server says what is wrong with it. */
export function bodyOf(draft: PolicyDraft, accessPackageId: string | null): PolicyBody {
  const { allowsSameApproverInSeveralStages: _ours, ...policy } = draft;
  const { type, duration, endDateTime } = policy.expiration;
  const automatic = policy.automaticRequestSettings;
  const body = {
    ...policy,
    description: policy.description === '' ? null : policy.description,
    expiration: {
      type,
      duration: type === 'afterDuration' && duration !== '' ? duration : null,
      endDateTime: type === 'afterDateTime' && endDateTime !== '' ? endDateTime : null,
    },
    requestApprovalSettings: {
      ...policy.requestApprovalSettings,
      // Switched off, stages have no effect; they stay in the draft, and are not sent.
      stages: isApproved(draft) ? policy.requestApprovalSettings.stages.map(stageBody) : [],
    },
    automaticRequestSettings:
      automatic === null
        ? null
        : { ...automatic, gracePeriodBeforeAccessRemoval: automatic.gracePeriodBeforeAccessRemoval || null },
    questions: policy.questions.map(questionBody),
    ...(accessPackageId === null ? {} : { accessPackage: { id: accessPackageId } }),
  };
  return body as unknown as PolicyBody;
}

/** Whether anybody has to approve anything. */
export function isApproved({
  requestApprovalSettings: approval,
}: Pick<PolicyDraft, 'requestApprovalSettings'>): boolean {
  return approval.isApprovalRequiredForAdd || approval.isApprovalRequiredForUpdate;
}

function stageBody(stage: StageDraft) {
  const { isEscalationEnabled } = stage;
  return {
    ...stage,
    // Nothing typed is no default: the server says which lengths there may be.
    durationBeforeAutomaticDenial: stage.durationBeforeAutomaticDenial || 'PT0S',
    durationBeforeEscalation: isEscalationEnabled ? stage.durationBeforeEscalation || null : null,
    escalationApprovers: isEscalationEnabled ? stage.escalationApprovers : [],
    fallbackEscalationApprovers: isEscalationEnabled ? stage.fallbackEscalationApprovers : [],
  };
}

function questionBody(question: QuestionDraft, sequence: number) {
  const { id, kind, text, isRequired, isAnswerEditable, localizations } = question;
  const base = { ...(id === undefined ? {} : { id }), sequence, text, isRequired, isAnswerEditable, localizations };
  if (kind === 'choice') {
    const { isMultipleSelectionAllowed, choices } = question;
    return {
      '@odata.type': `${graph}accessPackageMultipleChoiceQuestion`,
      ...base,
      isMultipleSelectionAllowed,
      choices,
    };
  }
  return {
    '@odata.type': `${graph}accessPackageTextInputQuestion`,
    ...base,
    isSingleLineQuestion: kind === 'short',
    regexPattern: question.regexPattern === '' ? null : question.regexPattern,
  };
}

const switches = [
  'enableTargetsToSelfAddAccess',
  'enableTargetsToSelfUpdateAccess',
  'enableTargetsToSelfRemoveAccess',
  'allowCustomAssignmentSchedule',
  'enableOnBehalfRequestorsToAddAccess',
  'enableOnBehalfRequestorsToUpdateAccess',
  'enableOnBehalfRequestorsToRemoveAccess',
] as const;

/** A policy as it is read, to be changed. */
export function draftOf(policy: Policy, allowsSameApproverInSeveralStages: boolean): PolicyDraft {
  const requestor = policy.requestorSettings ?? {};
  const approval = policy.requestApprovalSettings ?? {};
  const on = Object.fromEntries(switches.map((name) => [name, requestor[name] ?? false]));
  return {
    displayName: policy.displayName,
    description: policy.description ?? '',
    allowedTargetScope: policy.allowedTargetScope ?? 'notSpecified',
    specificAllowedTargets: peopleOf(policy.specificAllowedTargets),
    expiration: expirationOf(policy.expiration),
    requestorSettings: {
      ...(on as Record<(typeof switches)[number], boolean>),
      onBehalfRequestors: peopleOf(requestor.onBehalfRequestors),
    },
    requestApprovalSettings: {
      isApprovalRequiredForAdd: approval.isApprovalRequiredForAdd ?? false,
      isApprovalRequiredForUpdate: approval.isApprovalRequiredForUpdate ?? false,
      isRequestorJustificationRequired: approval.isRequestorJustificationRequired ?? false,
      stages: (approval.stages ?? []).map(stageOf),
    },
    automaticRequestSettings: automaticOf(policy.automaticRequestSettings),
    notificationSettings: {
      isAssignmentNotificationDisabled: policy.notificationSettings?.isAssignmentNotificationDisabled ?? false,
    },
    questions: (policy.questions ?? []).map(questionOf),
    allowsSameApproverInSeveralStages,
  };
}

function automaticOf(sent: PolicyBody['automaticRequestSettings']): PolicyDraft['automaticRequestSettings'] {
  if (sent === null || sent === undefined) return null;
  return {
    requestAccessForAllowedTargets: sent.requestAccessForAllowedTargets ?? false,
    removeAccessWhenTargetLeavesAllowedTargets: sent.removeAccessWhenTargetLeavesAllowedTargets ?? false,
    gracePeriodBeforeAccessRemoval: sent.gracePeriodBeforeAccessRemoval ?? '',
  };
}

function peopleOf(sets: unknown): readonly SubjectSet[] {
  return (sets ?? []) as readonly SubjectSet[];
}

/** What says nothing about an end has none. */
function expirationOf(sent: PolicyBody['expiration']): PolicyDraft['expiration'] {
  const type = sent?.type ?? 'notSpecified';
  return {
    type: type === 'notSpecified' ? 'noExpiration' : type,
    duration: sent?.duration ?? '',
    endDateTime: sent?.endDateTime ?? '',
  };
}

function stageOf(stage: Stage): StageDraft {
  return {
    durationBeforeAutomaticDenial: stage.durationBeforeAutomaticDenial ?? '',
    durationBeforeEscalation: stage.durationBeforeEscalation ?? '',
    isApproverJustificationRequired: stage.isApproverJustificationRequired ?? false,
    isEscalationEnabled: stage.isEscalationEnabled ?? false,
    primaryApprovers: peopleOf(stage.primaryApprovers),
    fallbackPrimaryApprovers: peopleOf(stage.fallbackPrimaryApprovers),
    escalationApprovers: peopleOf(stage.escalationApprovers),
    fallbackEscalationApprovers: peopleOf(stage.fallbackEscalationApprovers),
    approverInformationVisibility: stage.approverInformationVisibility ?? 'default',
  };
}

function questionOf(question: Question): QuestionDraft {
  const base = {
    ...(question.id === undefined ? {} : { id: question.id }),
    text: question.text,
    isRequired: question.isRequired ?? false,
    isAnswerEditable: question.isAnswerEditable ?? true,
    localizations: (question.localizations ?? []) as readonly object[],
    regexPattern: '',
    isMultipleSelectionAllowed: false,
    choices: [],
  };
  if (question['@odata.type'] === '#microsoft.graph.accessPackageMultipleChoiceQuestion') {
    const choices = question.choices.map(({ actualValue, text }) => ({ actualValue, text: text ?? actualValue }));
    return {
      ...base,
      kind: 'choice',
      isMultipleSelectionAllowed: question.isMultipleSelectionAllowed ?? false,
      choices,
    };
  }
  return { ...base, kind: question.isSingleLineQuestion ? 'short' : 'long', regexPattern: question.regexPattern ?? '' };
}
