import type { DueHandler } from '../platform/worker.ts';
import { decisionTimeout } from './request/operations/asking.ts';
import { approvalTimeout } from './request/operations/decide.ts';
import { announceEndsSoon } from './schedule/operations/ends-soon.ts';
import { weekDue } from './week/operations.ts';

/** What the second door does when time has passed. Access ends without it. */
export const privilegedDue: ReadonlyMap<string, DueHandler> = new Map([
  ['activation.approvalTimeout', approvalTimeout],
  ['assignment.decisionTimeout', decisionTimeout],
  ['privilege.endsSoon', announceEndsSoon],
  weekDue,
]);
