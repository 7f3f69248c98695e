/** `user`, as far as the portal reads it. */
export interface User {
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly accountEnabled: boolean | null;
  readonly manager?: { readonly id: string; readonly displayName: string | null } | null;
}

export const userProperties = 'id,displayName,userPrincipalName,jobTitle,department,accountEnabled';
