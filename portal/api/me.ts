import { useGet } from './queries.ts';

/** The signed-in person and what they may do, as `GET /sallyport/me` answers. */
export interface Me {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string | null;
  readonly jobTitle: string | null;
  readonly manager: { readonly id: string; readonly displayName: string } | null;
  readonly mfaAt: string | null;
  readonly authenticationContexts: readonly string[];
  readonly roles: readonly { readonly id: string; readonly displayName: string; readonly endDateTime: string | null }[];
  readonly operations: readonly string[];
  readonly delegated: readonly {
    readonly catalog: { readonly id: string; readonly displayName: string };
    readonly roles: readonly string[];
    readonly operations: readonly string[];
  }[];
  readonly isApprover: boolean;
  readonly counts: {
    readonly pendingApprovals: number;
    readonly pendingRequests: number;
    readonly eligible: number;
    readonly active: number;
    readonly endingSoon: number;
  };
  readonly now: string;
  readonly isRehearsal: boolean;
}

/** Reads who one is; kept by every page that asks. */
export function useMe() {
  return useGet<Me>('/sallyport/me');
}

/** Whether the person may do an operation somewhere, by a role or in a catalog; which thing exactly, the server says. */
export function may(me: Me | undefined, operation: string): boolean {
  if (me === undefined) return false;
  return me.operations.includes(operation) || me.delegated.some(({ operations }) => operations.includes(operation));
}
