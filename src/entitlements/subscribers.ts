import { entering } from '../directory/index.ts';
import { joined, type Subscriber, type Subscribers } from '../platform/transaction.ts';
import { followEmptied } from './assignment/operations/emptied.ts';
import { endAssignmentsOf } from './assignment/operations/end.ts';
import { followEndOf, followMembership, followPerson, followRuleOf } from './automatic/operations.ts';
import { followGroup, followOnboarding } from './catalog/operations.ts';
import { guardEntry } from './guard/operations.ts';
import { followAssignment, followPlace, followPolicy, followScopes } from './leaving/operations.ts';
import { withdrawUpdates } from './request/operations/update.ts';
import { followUser } from './subject/operations.ts';

/** Nobody goes round a package. Before anything else follows from the entry. */
const guards: Subscribers = new Map(entering.map((type) => [type, [guardEntry]]));

const basics: Subscribers = new Map<string, readonly Subscriber[]>([
  ['user.deleted', [(tx, event) => endAssignmentsOf(tx, event.subject)]],
  ['user.updated', [(tx, event) => followUser(tx, event.subject)]],
  ['group.updated', [(tx, event) => followGroup(tx, event.subject)]],
  ['group.onboarded', [(tx, event) => followOnboarding(tx, event.subject)]],
]);

/** What may take somebody into the scope of a policy, or out of it. */
const persons = ['created', 'updated', 'managerChanged', 'enabled', 'disabled', 'deleted', 'restored'];
const places = ['given', 'ended', 'expired', 'extended', 'shortened', 'leaving', 'staying'];

const kinds = ['role', 'group-member', 'group-owner'];

/** What may leave nothing of an assignment. */
const emptied: Subscribers = new Map(
  kinds.flatMap((kind) => ['active', 'eligible'].map((mode) => [`${kind}.${mode}.ended`, [followEmptied]])),
);

const scopes: Subscribers = new Map<string, readonly Subscriber[]>([
  ...persons.map((happening): [string, readonly Subscriber[]] => [
    `user.${happening}`,
    [(tx, event) => followPerson(tx, event.subject), (tx, event) => followScopes(tx, event.subject)],
  ]),
  ...places.map((happening): [string, readonly Subscriber[]] => [
    `group-member.active.${happening}`,
    [followMembership, followPlace],
  ]),
  ['assignment-policy.created', [(tx, event) => followRuleOf(tx, event.subject)]],
  [
    'assignment-policy.updated',
    [(tx, event) => followRuleOf(tx, event.subject), (tx, event) => followPolicy(tx, event.subject)],
  ],
  ['assignment.delivered', [(tx, event) => followAssignment(tx, event.subject)]],
  ['assignment.removed', [(tx, event) => withdrawUpdates(tx, event.subject), followEndOf]],
  ['assignment.expired', [(tx, event) => withdrawUpdates(tx, event.subject), followEndOf]],
]);

/** What the first door does in the transaction of its own and other capabilities' events. */
export const entitlementSubscribers: Subscribers = joined(guards, basics, emptied, scopes);
