interface Subject {
  readonly id: string;
  readonly displayName: string | null;
  readonly principalName: string | null;
}

/** `accessPackageAssignmentRequest`, with whom it is for. */
export interface AssignmentRequest {
  readonly id: string;
  readonly requestType: RequestType;
  readonly state: RequestState;
  readonly status: string;
  readonly createdDateTime: string;
  readonly completedDateTime: string | null;
  readonly justification: string | null;
  readonly schedule: {
    readonly startDateTime: string | null;
    readonly expiration: { readonly duration: string | null; readonly endDateTime: string | null } | null;
  } | null;
  readonly answers: readonly {
    readonly value: string;
    readonly displayValue: string | null;
    readonly answeredQuestion: { readonly id: string; readonly text?: string | null };
  }[];
  readonly requestor: Subject | null;
  readonly assignment: { readonly id: string; readonly target: Subject | null } | null;
}

export const requestStates = [
  'submitted',
  'pendingApproval',
  'delivering',
  'delivered',
  'deliveryFailed',
  'denied',
  'scheduled',
  'canceled',
  'partiallyDelivered',
] as const;
export type RequestState = (typeof requestStates)[number];

export const requestTypes = [
  'userAdd',
  'userUpdate',
  'userRemove',
  'adminAdd',
  'adminUpdate',
  'adminRemove',
  'systemAdd',
  'systemUpdate',
  'systemRemove',
  'onBehalfAdd',
  'approverRemove',
] as const;
export type RequestType = (typeof requestTypes)[number];

/** What a subject is called. */
export function calledOf(subject: Subject | null | undefined): string {
  return subject?.displayName ?? subject?.principalName ?? '–';
}
