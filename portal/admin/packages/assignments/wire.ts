import type { AssignmentEndReason } from '../../../../src/entitlements/assignment/contract.ts';

/** An assignment as `/sallyport/assignments` answers it: with its one true end, and why it is there. */
export interface Assignment {
  readonly id: string;
  readonly state: 'delivered' | 'expired';
  readonly startDateTime: string;
  readonly endDateTime: string | null;
  readonly endsBecause: { readonly reason: AssignmentEndReason | null; readonly boundById: string | null };
  readonly target: { readonly id: string; readonly displayName: string | null; readonly principalName: string | null };
  readonly policy?: { readonly id: string; readonly displayName: string } | null;
}

/** What somebody is called; their id, where they are gone. */
export function nameOf({ target }: Pick<Assignment, 'target'>): string {
  return target.displayName ?? target.principalName ?? target.id;
}
