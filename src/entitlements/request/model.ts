import type { StageSnapshot } from '../../approval/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PackageContent } from '../package/model.ts';
import type { ExpirationDocument, QuestionDocument } from '../policy/document.ts';
import type { Answer } from '../policy/questions.ts';
import type { RequestState } from './machine.ts';

/** Kinds of request that this server takes; Graph knows more. */
export const requestTypes = ['userAdd', 'userRemove', 'adminAdd', 'adminRemove'] as const;

export type RequestType = (typeof requestTypes)[number];

/** What a request met when it was made. Later changes of policy and package do not touch it. */
export interface RequestSnapshot {
  readonly packageName: string;
  readonly policyName: string;
  readonly stages: readonly StageSnapshot[];
  readonly questions: readonly QuestionDocument[];
  readonly contents: readonly PackageContent[];
  readonly expiration: ExpirationDocument;
}

/** A wish for a package, or to be rid of one. */
export interface AssignmentRequest {
  readonly id: Id;
  readonly requestType: RequestType;
  readonly packageId: Id;
  readonly policyId: Id;
  readonly requestorId: Id;
  readonly targetId: Id;
  readonly assignmentId: Id | null;
  readonly justification: string | null;
  readonly answers: readonly Answer[];
  readonly snapshot: RequestSnapshot;
  readonly createdAt: Instant;
  readonly correlation: Id;
  readonly state: RequestState;
}
