/** What the first door answers to those who ask, as far as these pages read it; Graph's names. */

/** Where Graph's first door is. */
export const entitlements = '/v1.0/identityGovernance/entitlementManagement';

/** A thing by its id and name. */
export interface NamedThing {
  readonly id: string;
  readonly displayName: string;
}

/** `accessPackageSubject`. */
export interface Subject extends NamedThing {
  readonly objectId: string;
  readonly principalName: string | null;
}

/** `expirationPattern`. */
export interface Expiration {
  readonly type: 'notSpecified' | 'noExpiration' | 'afterDateTime' | 'afterDuration';
  readonly duration: string | null;
  readonly endDateTime: string | null;
}

/** `entitlementManagementSchedule`. */
export interface Schedule {
  readonly startDateTime: string | null;
  readonly expiration: Expiration;
}

/** `accessPackageQuestion`, of either kind. */
export interface Question {
  readonly '@odata.type': string;
  readonly id: string;
  readonly text: string;
  readonly isRequired: boolean;
  readonly sequence: number;
  readonly localizations?: readonly Localization[];
  readonly isSingleLineQuestion?: boolean;
  readonly regexPattern?: string | null;
  readonly isMultipleSelectionAllowed?: boolean;
  readonly choices?: readonly Choice[];
}

export interface Localization {
  readonly languageCode: string;
  readonly text: string | null;
}

export interface Choice {
  readonly actualValue: string;
  readonly text: string | null;
  readonly localizations?: readonly Localization[];
}

/** `accessPackageAssignmentRequestRequirements`: what has to be brought to ask by a policy. */
export interface Requirements {
  readonly policyId: string;
  readonly policyDisplayName: string;
  readonly policyDescription: string | null;
  readonly allowCustomAssignmentSchedule: boolean;
  readonly isApprovalRequiredForAdd: boolean;
  readonly isApprovalRequiredForUpdate: boolean;
  readonly isRequestorJustificationRequired: boolean;
  readonly schedule: Schedule;
  readonly questions: readonly Question[];
}

/** `accessPackageAssignmentPolicy`, as far as it is shown to those who have something by it. */
export interface Policy extends NamedThing {
  readonly requestorSettings: {
    readonly enableTargetsToSelfUpdateAccess: boolean;
    readonly enableTargetsToSelfRemoveAccess: boolean;
  };
  readonly requestApprovalSettings: {
    readonly isApprovalRequiredForUpdate: boolean;
    readonly isRequestorJustificationRequired: boolean;
  };
  readonly expiration: Expiration;
  readonly questions?: readonly Question[];
}

/** `accessPackageAssignment`. */
export interface Assignment {
  readonly id: string;
  readonly state: string | null;
  readonly expiredDateTime: string | null;
  readonly schedule: Schedule | null;
  readonly accessPackage?: NamedThing & { readonly description: string | null };
  readonly assignmentPolicy?: Policy | null;
  readonly target?: Subject;
}

/** `accessPackageAnswerString`. */
export interface Answer {
  readonly value: string;
  readonly displayValue: string | null;
  readonly answeredQuestion: { readonly id: string };
}

/** `accessPackageRequestState`. */
export type RequestState =
  | 'submitted'
  | 'pendingApproval'
  | 'delivering'
  | 'delivered'
  | 'deliveryFailed'
  | 'denied'
  | 'scheduled'
  | 'canceled'
  | 'partiallyDelivered';

/** `accessPackageAssignmentRequest`. */
export interface AssignmentRequest {
  readonly id: string;
  readonly requestType: string;
  readonly state: RequestState;
  readonly status: string;
  readonly createdDateTime: string;
  readonly completedDateTime: string | null;
  readonly justification: string | null;
  readonly schedule: Schedule | null;
  readonly answers: readonly Answer[];
  readonly accessPackage?: NamedThing | null;
  readonly requestor?: Subject | null;
  readonly assignment?: Assignment | null;
}
