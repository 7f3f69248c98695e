/** An assignment as `/sallyport/assignments` answers it: with its one true end, and why it is there. */
export interface Assignment {
  readonly id: string;
  readonly state: 'delivered' | 'expired';
  readonly startDateTime: string;
  readonly endDateTime: string | null;
  readonly endsBecause: { readonly reason: EndReason | null; readonly boundById: string | null };
  readonly target: { readonly id: string; readonly displayName: string | null; readonly principalName: string | null };
  readonly policy?: { readonly id: string; readonly displayName: string } | null;
}

/** Why an assignment ends, or ended, when it does. */
export const endReasons = [
  'requested',
  'policy',
  'eligibilityMaximum',
  'assignmentMaximum',
  'activationMaximum',
  'link',
  'removedByTarget',
  'removedByAdministrator',
  'removedByApprover',
  'leaving',
  'leftScope',
  'policyDeleted',
  'replaced',
  'contentsGone',
] as const;
export type EndReason = (typeof endReasons)[number];

/** What somebody is called; their id, where they are gone. */
export function nameOf({ target }: Pick<Assignment, 'target'>): string {
  return target.displayName ?? target.principalName ?? target.id;
}
