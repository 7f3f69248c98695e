import type { Ending } from '../../grants/index.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Instant, isBefore } from '../../kernel/time.ts';
import { decideDuties, type Excluding } from '../duties/decisions.ts';
import { type Full, fullMessage } from '../limits/decisions.ts';
import type { PackageContent } from '../package/model.ts';
import type { ExpirationDocument } from '../policy/document.ts';
import { assignmentTerm, expirationPassed, type Term } from './model.ts';

/** What is true when access is about to be given, however long ago it was asked for. */
export interface DeliveryFacts {
  readonly isTargetUsable: boolean;
  readonly isPackageThere: boolean;
  /** Contents whose group or role is gone or can no longer be given to the person. */
  readonly gone: readonly PackageContent[];
  /** What the person has that the package is incompatible with. */
  readonly excluding: readonly Excluding[];
  /** Whether the person has the package already, by another way than this. */
  readonly hasAssignment: boolean;
  /** Whether nobody more can have the package. */
  readonly full: Full;
  readonly expiration: ExpirationDocument;
  /** Whether the policy says so, or somebody asked for it. */
  readonly endsBy: 'policy' | 'requested';
  /** From when the expiration counts; not after now. */
  readonly from: Instant;
  /** The latest end that PIM allows for each content that it limits. */
  readonly limits: readonly Ending[];
}

/**
 * Whether a request that nothing else stands in the way of can be delivered now, and for which term.
 * Refuses with `TargetNotUsable`, `PackageGone`, `AlreadyAssigned`, `AssignmentLimitReached`, `ResourceGone`,
 * `IncompatibleAccessPackage`, `IncompatibleGroup` or `ExpirationPassed`: the request then ends as `deliveryFailed`,
 * with the code as its cause.
 */
export function decideDelivery(facts: DeliveryFacts, now: Instant): Outcome<Term> {
  if (!facts.isTargetUsable) return refuse('conflict', 'TargetNotUsable', 'The account is disabled or deleted.');
  if (!facts.isPackageThere) return refuse('conflict', 'PackageGone', 'The access package has been deleted.');
  if (facts.hasAssignment) return refuse('conflict', 'AlreadyAssigned', 'The package is assigned already.');
  if (facts.full !== null) return refuse('conflict', 'AssignmentLimitReached', fullMessage(facts.full));
  const [first] = facts.gone;
  if (first !== undefined) {
    return refuse('conflict', 'ResourceGone', `${first.displayName} (${first.originId}) can no longer be given.`);
  }
  const duties = decideDuties(facts.excluding);
  if (duties.is === 'refused') return duties;
  const term = assignmentTerm(facts.expiration, facts.limits, facts.from, facts.endsBy);
  if (term.is === 'refused') return term;
  const { until } = term.value.window;
  if (until !== null && !isBefore(now, until)) return expirationPassed();
  return accept({ ...term.value, window: { from: now, until } });
}
