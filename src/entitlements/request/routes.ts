import type { Answer, Call, Operation } from '../../graph/declaration.ts';
import { filterByCurrentUser } from '../../graph/filter-by-current-user.ts';
import { done, idIn, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { assignmentsOfCaller } from '../assignment/entity.ts';
import { reject } from '../refusals.ts';
import { root } from '../root.ts';
import {
  type AnswersBody,
  answersBody,
  type RequestBody,
  type ResumeBody,
  requestBody,
  resumeBody,
  type StageBody,
  stageBody,
} from './contract.ts';
import { approvalsOfCaller, requestsOfCaller } from './entity.ts';
import { decideRequest } from './operations/advance.ts';
import { changeAnswers } from './operations/answers.ts';
import { cancelRequest, deleteRequest } from './operations/cancel.ts';
import { reprocessAssignment, reprocessRequest, resumeRequest } from './operations/reprocess.ts';
import { attemptAt, submitRequest } from './operations/submit.ts';

const requests = `${root}/assignmentRequests`;
const approvals = `${root}/accessPackageAssignmentApprovals`;

/** Requests, decisions about them, and which of both are the caller's. */
export function requestRoutes(runtime: Runtime): Operation[] {
  const submit: Operation<RequestBody> = {
    method: 'POST',
    path: requests,
    body: requestBody,
    run: async (call) => {
      const { assignment, requestType } = call.body;
      const subject = assignment.id ?? assignment.accessPackageId ?? assignment.accessPackage?.id ?? undefined;
      const id = await perform(runtime, call, attemptAt(requestType), subject, (tx) => submitRequest(tx, call.body));
      return { status: 201, read: { set: 'assignmentRequests', id } };
    },
  };
  const putRight: Operation<AnswersBody> = {
    method: 'PATCH',
    path: `${requests}/{id}`,
    body: answersBody,
    run: async (call) => {
      const id = idIn(call, 'id');
      const type = 'assignment-request.answersUpdatedByApprover';
      await perform(runtime, call, type, id, (tx) => changeAnswers(tx, id, call.body.answers));
      return { status: 200, read: { set: 'assignmentRequests', id } };
    },
  };
  const cancel: Operation = {
    method: 'POST',
    path: `${requests}/{id}/cancel`,
    run: (call) => done(runtime, call, 'assignment-request.canceled', idIn(call, 'id'), cancelRequest),
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `${requests}/{id}`,
    run: (call) => done(runtime, call, 'assignment-request.deleted', idIn(call, 'id'), deleteRequest),
  };
  const accepted = async (work: Promise<Answer>): Promise<Answer> => {
    await work;
    return { status: 202 };
  };
  const reprocess: Operation = {
    method: 'POST',
    path: `${requests}/{id}/reprocess`,
    run: (call) => accepted(done(runtime, call, 'assignment-request.reprocessed', idIn(call, 'id'), reprocessRequest)),
  };
  const resume: Operation<ResumeBody> = {
    method: 'POST',
    path: `${requests}/{id}/resume`,
    body: resumeBody,
    run: (call) => done(runtime, call, 'assignment-request.resumed', idIn(call, 'id'), resumeRequest),
  };
  const redeliver: Operation = {
    method: 'POST',
    path: `${root}/assignments/{id}/reprocess`,
    run: (call) => accepted(done(runtime, call, 'assignment.reprocessed', idIn(call, 'id'), reprocessAssignment)),
  };
  const decide: Operation<StageBody> = {
    method: 'PATCH',
    path: `${approvals}/{id}/stages/{stage-id}`,
    body: stageBody,
    run: (call) => decideStage(runtime, call),
  };
  return [
    submit,
    putRight,
    cancel,
    remove,
    reprocess,
    resume,
    redeliver,
    decide,
    filterByCurrentUser(requests, 'assignmentRequests', requestsOfCaller),
    filterByCurrentUser(approvals, 'accessPackageAssignmentApprovals', approvalsOfCaller),
    filterByCurrentUser(`${root}/assignments`, 'assignments', assignmentsOfCaller),
  ] as Operation[];
}

function decideStage(runtime: Runtime, call: Call<StageBody>): Promise<Answer> {
  const requestId = idIn(call, 'id');
  const decision = decisionOf(call.body.reviewResult);
  const attempted = `package-approval.${decision === 'approve' ? 'stageApproved' : 'stageDenied'}`;
  const asked = { requestId, stageId: idIn(call, 'stage-id'), decision, justification: call.body.justification ?? '' };
  return done(runtime, call, attempted, requestId, (tx) => decideRequest(tx, asked));
}

/** What is written is `Approve` or `Deny`; what is read back (`Approved`, `Denied`) is understood too. */
function decisionOf(text: string): 'approve' | 'deny' {
  const lower = text.toLowerCase();
  if (lower === 'approve' || lower === 'approved') return 'approve';
  if (lower === 'deny' || lower === 'denied') return 'deny';
  return reject('ReviewResultNotValid', 'A decision is Approve or Deny.', 'reviewResult');
}
