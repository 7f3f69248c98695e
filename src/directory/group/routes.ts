import type { Static } from 'typebox';
import type { Call, Operation } from '../../graph/declaration.ts';
import { done, idIn, keyIn, look, perform } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { evaluateFor } from '../dynamic-membership/operations.ts';
import type { Belonging } from '../member/decisions.ts';
import { join, leave } from '../member/operations/places.ts';
import { referenced } from '../reference.ts';
import { notBuilt } from '../refusals.ts';
import { referenceBody } from '../user/contract.ts';
import { evaluationBody, groupChangeBody, mailboxProperties, newGroupBody, ruleEvaluationBody } from './contract.ts';
import type { GroupChange } from './decisions.ts';
import { type Bound, changeGroup, createGroup, deleteGroup, upsertGroup } from './operations.ts';

type NewGroupBody = Static<typeof newGroupBody>;
type GroupChangeBody = Static<typeof groupChangeBody>;
type ReferenceBody = Static<typeof referenceBody>;

/** Writes of `/groups`. */
export function groupRoutes(runtime: Runtime): Operation[] {
  const create: Operation<NewGroupBody> = {
    method: 'POST',
    path: '/groups',
    body: newGroupBody,
    async run(call) {
      const { displayName, mailEnabled, mailNickname, securityEnabled } = call.body;
      const asked = { ...changeOf(call.body), displayName, mailEnabled, mailNickname, securityEnabled };
      const group = await perform(runtime, call, 'group.created', undefined, (tx) =>
        createGroup(tx, asked, boundOf(call.body)),
      );
      return { status: 201, read: { set: 'groups', id: group.id } };
    },
  };
  const change: Operation<GroupChangeBody> = {
    method: 'PATCH',
    path: '/groups/{group-id}',
    body: groupChangeBody,
    async run(call) {
      const key = keyIn(call, 'group-id');
      const { asked, mailbox } = withoutMailbox(call.body);
      const made = await perform(runtime, call, 'group.updated', key, async (tx) => {
        if (mailbox !== null) notBuilt(`the mailbox of a group, which has ${mailbox}`, mailbox);
        if (call.createsIfMissing) return upsertGroup(tx, key, asked, boundOf(call.body));
        await changeGroup(tx, key, asked, boundOf(call.body));
        return null;
      });
      return made === null ? { status: 204 } : { status: 201, read: { set: 'groups', id: made } };
    },
  };
  const remove: Operation = {
    method: 'DELETE',
    path: '/groups/{group-id}',
    run: (call) => done(runtime, call, 'group.deleted', keyIn(call, 'group-id'), deleteGroup),
  };
  const evaluate: Operation<Static<typeof evaluationBody>> = {
    method: 'POST',
    path: '/groups/{group-id}/evaluateDynamicMembership',
    beta: 'only',
    body: evaluationBody,
    async run(call) {
      const subject = keyIn(call, 'group-id');
      const asked = { ...call.body, memberId: call.body.memberId.toLowerCase() };
      const body = await look(runtime, call, 'group.evaluated', subject, (tx) => evaluateFor(tx, subject, asked));
      return { status: 200, body, context: 'microsoft.graph.evaluateDynamicMembershipResult' };
    },
  };
  const evaluateRule: Operation<Static<typeof ruleEvaluationBody>> = {
    method: 'POST',
    path: '/groups/evaluateDynamicMembership',
    beta: 'only',
    body: ruleEvaluationBody,
    async run(call) {
      const asked = { ...call.body, memberId: call.body.memberId.toLowerCase() };
      const body = await look(runtime, call, 'group.evaluated', undefined, (tx) => evaluateFor(tx, null, asked));
      return { status: 200, body, context: 'microsoft.graph.evaluateDynamicMembershipResult' };
    },
  };
  return [create, change, remove, evaluate, evaluateRule, ...places(runtime, 'member'), ...places(runtime, 'owner')];
}

function places(runtime: Runtime, as: Belonging): Operation[] {
  const add: Operation<ReferenceBody> = {
    method: 'POST',
    path: `/groups/{group-id}/${as}s/$ref`,
    body: referenceBody,
    run: (call) =>
      done(runtime, call, `group-${as}.active.given`, keyIn(call, 'group-id'), (tx, key) =>
        join(tx, key, referenced(call.body['@odata.id']).toLowerCase(), as),
      ),
  };
  const remove: Operation = {
    method: 'DELETE',
    path: `/groups/{group-id}/${as}s/{directoryObject-id}/$ref`,
    run: (call: Call<never>) =>
      done(runtime, call, `group-${as}.active.ended`, keyIn(call, 'group-id'), (tx, key) =>
        leave(tx, key, idIn(call, 'directoryObject-id'), as),
      ),
  };
  return [add, remove];
}

function boundOf(body: GroupChangeBody): Bound {
  return {
    members: (body['members@odata.bind'] ?? []).map((address) => referenced(address).toLowerCase()),
    owners: (body['owners@odata.bind'] ?? []).map((address) => referenced(address).toLowerCase()),
  };
}

/** A change apart from what is of a mailbox, and the first of that which is more than null. */
function withoutMailbox(body: GroupChangeBody): { readonly asked: GroupChange; readonly mailbox: string | null } {
  const kept = Object.entries(body).filter(([name]) => !mailboxProperties.some((one) => one === name));
  const mailbox = mailboxProperties.find((name) => (body[name] ?? null) !== null) ?? null;
  return { asked: changeOf(Object.fromEntries(kept)), mailbox };
}

/** A change as the operation takes it, from the wire. */
function changeOf(body: Omit<GroupChangeBody, (typeof mailboxProperties)[number]>): GroupChange {
  const { 'members@odata.bind': _members, 'owners@odata.bind': _owners, isAssignableToRole, ...rest } = body;
  return isAssignableToRole === undefined ? rest : { ...rest, isAssignableToRole: isAssignableToRole ?? false };
}
