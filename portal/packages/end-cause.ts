import type { MessageKey } from '../words/catalogue.ts';
import { useWords } from '../words/use-words.ts';

const known: Readonly<Record<string, MessageKey>> = {
  policy: 'access.ended.time',
  requested: 'access.ended.requested',
  eligibilityMaximum: 'access.ended.pim',
  assignmentMaximum: 'access.ended.pim',
  removedByTarget: 'access.ended.removedByTarget',
  removedByAdministrator: 'access.ended.removedByAdministrator',
  removedByApprover: 'access.ended.removedByApprover',
  leaving: 'access.ended.leftScope',
  leftScope: 'access.ended.leftScope',
  policyDeleted: 'access.ended.policyDeleted',
  replaced: 'access.ended.replaced',
  contentsGone: 'access.ended.contentsGone',
  TargetNotUsable: 'access.failed.TargetNotUsable',
  PackageGone: 'access.failed.PackageGone',
  ResourceGone: 'access.failed.ResourceGone',
  AssignmentLimitReached: 'access.failed.AssignmentLimitReached',
  ExpirationPassed: 'access.failed.ExpirationPassed',
  IncompatibleAccessPackage: 'access.failed.IncompatibleAccessPackage',
  IncompatibleGroup: 'access.failed.IncompatibleGroup',
};

/** Why access ended, or could not be given, in words; a cause that is not known here is shown by its code. */
export function useEndCause() {
  const { t } = useWords();
  return (cause: string): string => {
    const key = known[cause];
    return key === undefined ? cause : t(key);
  };
}
