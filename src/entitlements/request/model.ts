import type { StageSnapshot } from '../../approval/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PackageContent } from '../package/model.ts';
import type { ExpirationDocument, QuestionDocument } from '../policy/document.ts';
import type { PolicyScope } from '../policy/model.ts';
import type { Answer } from '../policy/questions.ts';
import type { RequestState } from './machine.ts';

/** Kinds of request, as Graph has them. Those of the system are made by this server alone. */
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

/** Whether a request is about the end of an assignment that there is. */
export function isUpdate(type: RequestType): boolean {
  return type === 'userUpdate' || type === 'adminUpdate' || type === 'systemUpdate';
}

/** What a request met when it was made. Later changes of policy and package do not touch it. */
export interface RequestSnapshot {
  readonly packageName: string;
  readonly policyName: string;
  readonly stages: readonly StageSnapshot[];
  /** Whether one person may decide several of them; absent means not. */
  readonly allowsSameApproverInSeveralStages?: boolean;
  readonly questions: readonly QuestionDocument[];
  readonly contents: readonly PackageContent[];
  readonly expiration: ExpirationDocument;
  /** Whether the end is the policy's, which it is if missing, or was asked for. */
  readonly endsBy?: 'policy' | 'requested';
  /** Whether an update changes answers alone, and leaves the end where it is. */
  readonly keepsEnd?: boolean;
  /** The start that was asked for; at once if missing. */
  readonly startDateTime?: string | null;
  /** Whom the policy was for: asked again where time passes between approval and start. */
  readonly scope?: PolicyScope;
}

/** A wish for a package, or to be rid of one. */
export interface AssignmentRequest {
  readonly id: Id;
  readonly requestType: RequestType;
  readonly packageId: Id;
  readonly policyId: Id;
  readonly requestorId: Id;
  readonly targetId: Id;
  /** What came of it; where it is there from the beginning, what the request is about. */
  readonly assignmentId: Id | null;
  /** The id that the assignment will have; shown while the request waits. */
  readonly askedAssignmentId: Id | null;
  readonly justification: string | null;
  readonly answers: readonly Answer[];
  readonly snapshot: RequestSnapshot;
  readonly createdAt: Instant;
  readonly correlation: Id;
  readonly state: RequestState;
}
