import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ConnectedOrganization } from '../connected/model.ts';
import type { PolicyDocument } from './document.ts';
import { rankOf } from './outsiders.ts';

/** Who may ask for a package and how it is decided. */
export interface AssignmentPolicy {
  readonly id: Id;
  readonly packageId: Id;
  readonly document: PolicyDocument;
  /** Whether one person may decide several stages of a request; not unless an administrator says so. */
  readonly allowsSameApproverInSeveralStages: boolean;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  /** Who wrote this version; null for Sallyport itself, or where it was not kept. */
  readonly authorId: Id | null;
}

/** What is known of somebody with regard to a policy's scope. */
export interface Standing {
  readonly userId: Id;
  readonly isMember: boolean;
  /** Groups among those that the policies name, of which the person is a member now. */
  readonly groupIds: ReadonlySet<Id>;
  /** The connected organization that a guest comes from; none if left out. */
  readonly organization?: Pick<ConnectedOrganization, 'id' | 'state'> | null;
  /** Membership rules among those that the policies name, which take the person in now. */
  readonly rules?: ReadonlySet<string>;
}

/** Whom a policy is for. */
export type PolicyScope = Pick<PolicyDocument, 'allowedTargetScope' | 'specificAllowedTargets'>;

/** Whether a policy is for a person. */
export function admits(policy: PolicyScope, person: Standing): boolean {
  switch (policy.allowedTargetScope) {
    case 'specificDirectoryUsers':
      return policy.specificAllowedTargets.some(
        (set) =>
          set.userId === person.userId ||
          (set.groupId !== undefined && person.groupIds.has(set.groupId)) ||
          (set.membershipRule !== undefined && person.rules?.has(set.membershipRule) === true),
      );
    case 'allMemberUsers':
      return person.isMember;
    case 'allDirectoryUsers':
      return true;
    case 'specificConnectedOrganizationUsers':
      return (
        !person.isMember &&
        policy.specificAllowedTargets.some(
          ({ connectedOrganizationId: id }) => id !== undefined && id === person.organization?.id,
        )
      );
    case 'allConfiguredConnectedOrganizationUsers':
      return !person.isMember && person.organization?.state === 'configured';
    case 'allExternalUsers':
      return !person.isMember;
    default:
      return false;
  }
}

/** The policies by which a person may ask for themselves: those of the best rank that let them in. */
export function applicable(policies: readonly AssignmentPolicy[], person: Standing): AssignmentPolicy[] {
  const own = policies.filter(({ document }) => document.requestorSettings.enableTargetsToSelfAddAccess);
  return applicableOnBehalf(own, person);
}

/** Of the policies by which somebody may ask for a person, those of the best rank that let the person in. */
export function applicableOnBehalf(policies: readonly AssignmentPolicy[], person: Standing): AssignmentPolicy[] {
  const open = policies.filter(({ document }) => admits(document, person));
  const best = Math.min(...open.map(({ document }) => rankOf(document)));
  return open.filter(({ document }) => rankOf(document) === best);
}
