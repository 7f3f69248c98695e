import type { Approval, Vote } from '../../src/approval/model.ts';
import type { Assignment } from '../../src/entitlements/assignment/model.ts';
import { documentOf } from '../../src/entitlements/policy/document.ts';
import type { AssignmentPolicy } from '../../src/entitlements/policy/model.ts';
import type { RequestState } from '../../src/entitlements/request/machine.ts';
import type { Grant } from '../../src/grants/model.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Instant } from '../../src/kernel/time.ts';

/** Accounts: `rio` asks, `rio2` is another account of the same human; the others decide. */
export const cast = ['rio', 'rio2', 'ann', 'ben', 'cem'] as const;

export type Who = (typeof cast)[number];

/** Which human an account belongs to. */
export const humanOf: Readonly<Record<string, string>> = {
  rio: 'Rio',
  rio2: 'Rio',
  ann: 'Ann',
  ben: 'Ben',
  cem: 'Cem',
};

/** The accounts of the humans who have several, as the directory would tell. */
export const accounts: ReadonlyMap<Id, ReadonlySet<Id>> = new Map([
  ['rio', new Set(['rio', 'rio2'])],
  ['rio2', new Set(['rio', 'rio2'])],
]);

/** Who stands in which stage, version by version: sets that overlap, and the one who asks among them. */
export const approvers: readonly (readonly (readonly Who[])[])[] = [
  [
    ['ann', 'rio'],
    ['ann', 'ben', 'rio2'],
  ],
  [['cem']],
];

/** A request as the tables keep it. */
export interface Asked {
  readonly is: 'add' | 'update';
  readonly version: number;
  readonly state: RequestState;
  /** Null where nobody has to approve. */
  readonly approval: Approval | null;
  readonly expiration: AssignmentPolicy['document']['expiration'];
  readonly assignment: number | null;
}

/** An assignment, and the eligibility that it gave. */
export interface Held {
  readonly assignment: Assignment;
  readonly eligibility: Grant;
  /** The request that it came of. */
  readonly by: number;
}

/** Everything that is kept, at one instant. */
export interface World {
  readonly now: Instant;
  /** Which version of the policy is in force. */
  readonly version: number;
  readonly asked: readonly Asked[];
  readonly held: readonly Held[];
  readonly activations: readonly Grant[];
}

export const opening = Temporal.Instant.from('2030-01-01T00:00:00Z');

export const start: World = { now: opening, version: 0, asked: [], held: [], activations: [] };

/** The policy in one of its versions: two stages and a day of access, then one stage and half of it. */
export function policyOf(version: number): AssignmentPolicy {
  const stages = (approvers[version] ?? []).map((people) => ({
    durationBeforeAutomaticDenial: version === 0 ? 'P1D' : 'P2D',
    isApproverJustificationRequired: false,
    primaryApprovers: people.map((userId) => ({ '@odata.type': '#microsoft.graph.singleUser', userId })),
  }));
  const body = {
    displayName: 'P',
    accessPackage: { id: 'package' },
    allowedTargetScope: 'allMemberUsers',
    expiration: { type: 'afterDuration', duration: version === 0 ? 'P1D' : 'PT12H' },
    requestorSettings: {
      enableTargetsToSelfAddAccess: true,
      enableTargetsToSelfUpdateAccess: true,
      enableTargetsToSelfRemoveAccess: true,
    },
    requestApprovalSettings: { isApprovalRequiredForAdd: true, isApprovalRequiredForUpdate: version === 0, stages },
  };
  let next = 0;
  return {
    id: 'policy',
    packageId: 'package',
    document: documentOf(body as never, () => `id-${next++}`),
    allowsSameApproverInSeveralStages: false,
    createdAt: opening,
    modifiedAt: opening,
    authorId: null,
  };
}

/** A text that is the same for worlds that cannot be told apart. */
export function keyOf(world: World): string {
  const at = (instant: Instant | null | undefined) => (instant ? instant.since(opening).total('microseconds') : null);
  const vote = ({ stage, voterId, decision, takenBackAt, at: when }: Vote) => [
    stage,
    voterId,
    decision,
    at(when),
    at(takenBackAt),
  ];
  return JSON.stringify([
    at(world.now),
    world.version,
    world.asked.map(({ is, version, state, approval, assignment }) => [
      is,
      version,
      Object.values(state).map(String),
      approval === null ? null : [at(approval.openedAt), at(approval.withdrawnAt), approval.votes.map(vote)],
      assignment,
    ]),
    world.held.map(({ assignment, eligibility, by }) => [
      at(assignment.endsAt),
      at(assignment.endedAt),
      at(eligibility.endsAt),
      at(eligibility.endedAt),
      by,
    ]),
    world.activations.map(({ startsAt, endsAt, endedAt }) => [at(startsAt), at(endsAt), at(endedAt)]),
  ]);
}
