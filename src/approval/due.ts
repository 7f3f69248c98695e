import type { DueHandler } from '../platform/worker.ts';
import type { ApproverPorts } from './operations/approvers.ts';
import { escalate } from './operations/escalate.ts';
import { remind } from './operations/remind.ts';

/** What is announced when its time has come. Nobody's right to decide waits for it. */
export function approvalDue(ports: ApproverPorts): ReadonlyMap<string, DueHandler> {
  return new Map([
    ['approval.escalation', (tx, approvalId) => escalate(tx, approvalId, ports)],
    ['approval.reminder', (tx, approvalId) => remind(tx, approvalId, ports)],
  ]);
}
