import type { Id } from '../../../kernel/ids.ts';
import type { Tx } from '../../../platform/transaction.ts';
import { reject } from '../../refusals.ts';
import type { RequestBody } from '../contract.ts';
import { adminAdd } from './admin-add.ts';
import { approverRemove } from './approver-remove.ts';
import { onBehalfAdd } from './on-behalf.ts';
import { removeAssignment } from './remove.ts';
import { adminUpdate, userUpdate } from './update.ts';
import { userAdd } from './user-add.ts';

/** A kind of request that callers make: how a refused attempt is recorded, and what is done. */
interface Submitter {
  readonly attempts: string;
  readonly submit: (tx: Tx, body: RequestBody) => Promise<Id>;
}

/** One row a request type. Those of the system are made by the server alone and are not here. */
const submitters: Readonly<Record<string, Submitter>> = {
  userAdd: { attempts: 'assignment-request.submitted', submit: userAdd },
  userUpdate: { attempts: 'assignment-request.userUpdated', submit: userUpdate },
  onBehalfAdd: { attempts: 'assignment-request.onBehalfAdded', submit: onBehalfAdd },
  adminUpdate: { attempts: 'assignment-request.adminUpdated', submit: adminUpdate },
  adminAdd: { attempts: 'assignment-request.adminAdded', submit: adminAdd },
  userRemove: {
    attempts: 'assignment-request.userRemoved',
    submit: (tx, body) => removeAssignment(tx, 'userRemove', body),
  },
  approverRemove: { attempts: 'assignment-request.approverRemoved', submit: approverRemove },
  adminRemove: {
    attempts: 'assignment-request.adminRemoved',
    submit: (tx, body) => removeAssignment(tx, 'adminRemove', body),
  },
};

function submitterOf(requestType: string): Submitter | undefined {
  const name = Object.keys(submitters).find((one) => one.toLowerCase() === requestType.toLowerCase());
  return name === undefined ? undefined : submitters[name];
}

/** Takes a request (`POST /assignmentRequests`). Gives its id. */
export async function submitRequest(tx: Tx, body: RequestBody): Promise<Id> {
  const submitter = submitterOf(body.requestType);
  if (submitter === undefined) {
    return reject('RequestTypeNotSupported', `Known are ${Object.keys(submitters).join(', ')}.`, 'requestType');
  }
  return submitter.submit(tx, body);
}

/** Under which event type a refused attempt at a kind of request is recorded. */
export function attemptAt(requestType: string): string {
  return submitterOf(requestType)?.attempts ?? 'assignment-request.submitted';
}
