import type { DueHandler } from '../platform/worker.ts';
import { announceEnd } from './assignment/operations.ts';
import { announceDeadline } from './request/operations/advance.ts';

/** What is announced when its time has come. Nobody's access or request waits for it. */
export const entitlementDue: ReadonlyMap<string, DueHandler> = new Map([
  ['assignment.expired', announceEnd],
  ['assignment-request.deadline', announceDeadline],
]);
