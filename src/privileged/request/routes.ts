import type { Mode } from '../../grants/index.ts';
import type { Answer, Call, Operation } from '../../graph/declaration.ts';
import { filterByCurrentUser } from '../../graph/filter-by-current-user.ts';
import { done, keyIn, perform } from '../../graph/perform.ts';
import { orRefuse } from '../../kernel/outcome.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { activationEvent, askingEvent } from '../activities.ts';
import type { Of } from '../schedule/entity.ts';
import {
  type ApprovalBody,
  approvalBody,
  type DenialBody,
  denialBody,
  type GroupRequest,
  groupRequestBody,
  type RoleRequest,
  roleRequestBody,
} from './contract.ts';
import { requestMounts, requestsOfCaller } from './entity.ts';
import { isOf, type ScheduleRequest } from './model.ts';
import { approveAsking, denyAsking } from './operations/asking.ts';
import { cancelRequest } from './operations/decide.ts';
import { attemptOf, submit } from './operations/submit.ts';
import { readRequest } from './read.ts';
import { validatedBody } from './validation.ts';

/** Carries what would have been done out of its transaction, so that none of it stays. */
class ValidationOnly extends Error {
  readonly request: ScheduleRequest;

  constructor(request: ScheduleRequest) {
    super('Only a validation');
    this.request = request;
  }
}

/** Requests to PIM, for roles and for groups. */
export function requestRoutes(runtime: Runtime): Operation[] {
  async function send(
    call: Call<RoleRequest | GroupRequest>,
    mode: Mode,
    { path, set }: { path: string; set: string },
  ): Promise<Answer> {
    const command = orRefuse(readRequest(call.body, mode));
    try {
      const { id } = await perform(runtime, call, attemptOf(command), command.principalId, async (tx) => {
        const request = await submit(tx, command);
        if (call.body.isValidationOnly === true) throw new ValidationOnly(request);
        return request;
      });
      return { status: 201, read: { set, id } };
    } catch (left) {
      if (!(left instanceof ValidationOnly)) throw left;
      return { status: 201, body: validatedBody(left.request), context: `${path.slice(1)}/$entity` };
    }
  }

  function create(of: Of, mode: Mode, path: string, set: string): Operation<RoleRequest & GroupRequest> {
    const body = of === 'role' ? roleRequestBody : groupRequestBody;
    return { method: 'POST', path, body, run: (call) => send(call, mode, { path, set }) };
  }

  function cancel(of: Of, mode: Mode, path: string): Operation {
    return {
      method: 'POST',
      path: `${path}/{id}/cancel`,
      run: (call) => {
        const attempts = activationEvent(of === 'role' ? 'role' : 'group-member', 'canceled');
        const isExpected = (request: ScheduleRequest) => isOf(of)(request) && request.mode === mode;
        return done(runtime, call, attempts, keyIn(call, 'id'), (tx, id) => cancelRequest(tx, id, isExpected));
      },
    };
  }

  return requestMounts.flatMap(({ of, mode, path, set }) => [
    create(of, mode, path, set),
    cancel(of, mode, path),
    filterByCurrentUser(path, set, requestsOfCaller),
  ]);
}

/**
 * Answers to what people ask administrators for (`selfExtend`, `selfRenew`): Graph has no word for them. Paths are
 * below `/sallyport`.
 */
export function answerRoutes(runtime: Runtime): Operation[] {
  const approve: Operation<ApprovalBody> = {
    method: 'POST',
    path: '/scheduleRequests/{id}/approve',
    says: 'Approves a wish to extend or renew, as an administrator of the privilege.',
    body: approvalBody,
    run: (call) => {
      const { justification = null, scheduleInfo: schedule = null } = call.body;
      const attempts = askingEvent('role', 'eligible', 'extension', 'Approved');
      return done(runtime, call, attempts, keyIn(call, 'id'), (tx, id) =>
        approveAsking(tx, id, { justification, schedule }),
      );
    },
  };
  const deny: Operation<DenialBody> = {
    method: 'POST',
    path: '/scheduleRequests/{id}/deny',
    says: 'Denies a wish to extend or renew, as an administrator of the privilege.',
    body: denialBody,
    run: (call) => {
      const attempts = askingEvent('role', 'eligible', 'extension', 'Denied');
      return done(runtime, call, attempts, keyIn(call, 'id'), (tx, id) => denyAsking(tx, id, call.body));
    },
  };
  return [approve, deny] as Operation[];
}
