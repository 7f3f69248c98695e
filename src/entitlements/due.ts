import type { DueHandler } from '../platform/worker.ts';
import { announceEnd } from './assignment/operations/end.ts';
import { announceEndsSoon } from './assignment/operations/ends-soon.ts';
import { onRuleTurned } from './automatic/operations.ts';
import { announceLeft } from './leaving/operations.ts';
import { deleteDeparted, subjectDeletion } from './lifecycle/operations.ts';
import { announceDeadline } from './request/operations/advance.ts';
import { startScheduled } from './request/operations/fulfil.ts';

/**
 * What is announced when its time has come: nobody's access ends or request times out by it. Only what was scheduled
 * waits for it, because a start is checked again.
 */
export const entitlementDue: ReadonlyMap<string, DueHandler> = new Map([
  ['assignment.expired', announceEnd],
  ['assignment.endsSoon', announceEndsSoon],
  ['assignment.left', announceLeft],
  ['assignment-policy.ruleTurned', onRuleTurned],
  ['assignment-request.deadline', announceDeadline],
  ['assignment-request.start', startScheduled],
  [subjectDeletion, deleteDeparted],
]);
