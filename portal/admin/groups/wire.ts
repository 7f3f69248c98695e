/** `group`, as far as the portal reads it. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly groupTypes: readonly string[];
  readonly membershipRule: string | null;
  readonly isAssignableToRole: boolean | null;
}

export const groupProperties = 'id,displayName,description,groupTypes,membershipRule,isAssignableToRole';

/** Whether members follow a rule. */
export function isDynamic({ groupTypes }: Pick<Group, 'groupTypes'>): boolean {
  return groupTypes.includes('DynamicMembership');
}

/** `directoryObject` in a list of members or owners. */
export interface Member {
  readonly '@odata.type': string;
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName?: string;
}
