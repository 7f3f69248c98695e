import type { EventTarget } from '../../kernel/event.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { extensionAttributes, listAttributes, textAttributes, type User, type UserAttributes } from './model.ts';

/** A change of a user: what is named is set, null empties it. */
export type UserChange = Partial<Omit<UserAttributes, 'extensionAttributes'>> & {
  readonly accountEnabled?: boolean;
  /** Only the attributes named here change. */
  readonly extensionAttributes?: Readonly<Record<string, string | null>>;
};

/**
 * Properties that only privileged administrators change for privileged accounts. Source: "Who can perform sensitive
 * actions" in Microsoft Graph's page on the user resource.
 */
const sensitive: readonly (keyof UserChange)[] = [
  'accountEnabled',
  'businessPhones',
  'mobilePhone',
  'onPremisesImmutableId',
  'otherMails',
  'userPrincipalName',
];

const principalName = /^[A-Za-z0-9'._\-!#^~+]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const longestPrincipalName = 113;

/** Whether a change touches what is sensitive for a privileged account. */
export function isSensitive(change: UserChange): boolean {
  return sensitive.some((name) => name in change);
}

/** A user with everything empty that Graph leaves empty: cloud-only, a member rather than a guest. */
export function emptyUser(userPrincipalName: string, displayName: string): UserAttributes {
  const texts = Object.fromEntries(textAttributes.map((name) => [name, null])) as Record<
    (typeof textAttributes)[number],
    null
  >;
  const lists = Object.fromEntries(listAttributes.map((name) => [name, []])) as unknown as Record<
    (typeof listAttributes)[number],
    readonly string[]
  >;
  return {
    ...texts,
    ...lists,
    userType: 'Member',
    userPrincipalName,
    displayName,
    onPremisesSyncEnabled: null,
    showInAddressList: null,
    employeeHireDate: null,
    employeeLeaveDateTime: null,
    employeeOrgData: null,
    extensionAttributes: {},
  };
}

/** What a change makes of a user's attributes: only what really differs. */
export function changesOf(user: UserAttributes, change: UserChange): Outcome<Partial<UserAttributes>> {
  const { accountEnabled: _, extensionAttributes: extensions, ...plain } = change;
  const name = plain.userPrincipalName;
  if (name !== undefined && (name.length > longestPrincipalName || !principalName.test(name))) {
    return refuse(
      'invalid',
      'Request_BadRequest',
      `Property userPrincipalName is invalid: '${name}' is not of the form alias@domain.`,
      'userPrincipalName',
    );
  }
  if (plain.displayName === '') {
    return refuse('invalid', 'Request_BadRequest', 'Property displayName must not be empty.', 'displayName');
  }
  const unknown = Object.keys(extensions ?? {}).find((key) => !extensionAttributes.includes(key));
  if (unknown !== undefined) {
    return refuse('invalid', 'Request_BadRequest', `There is no '${unknown}'.`, 'onPremisesExtensionAttributes');
  }
  const next = extensions === undefined ? plain : { ...plain, extensionAttributes: merged(user, extensions) };
  const differing = Object.entries(next).filter(
    ([key, value]) => written(value) !== written(user[key as keyof UserAttributes]),
  );
  return accept(Object.fromEntries(differing));
}

/** Whether one user can be the manager of another. Nobody is their own. */
export function mayManage(manager: Pick<User, 'id'>, user: Pick<User, 'id'>): Outcome<void> {
  if (manager.id !== user.id) return accept(undefined);
  return refuse('invalid', 'Request_BadRequest', 'A user cannot be their own manager. Name another user.', 'manager');
}

/** What changed, as the audit log writes it. */
export function modifiedProperties(
  before: UserAttributes | null,
  changes: Partial<UserAttributes>,
): { displayName: string; oldValue: string | null; newValue: string | null }[] {
  return Object.entries(changes)
    .filter(([, value]) =>
      value !== null && written(value) !== '[]' && written(value) !== '{}' ? true : before !== null,
    )
    .map(([key, value]) => ({
      displayName: key,
      oldValue: before === null ? null : written(before[key as keyof UserAttributes]),
      newValue: written(value),
    }));
}

/** How a user is named in the audit log. */
export function userTarget(user: Pick<User, 'id' | 'displayName' | 'userPrincipalName'>): EventTarget {
  return { id: user.id, type: 'User', displayName: user.displayName, userPrincipalName: user.userPrincipalName };
}

function merged(user: UserAttributes, change: Readonly<Record<string, string | null>>): Record<string, string> {
  const all = { ...user.extensionAttributes, ...change };
  return Object.fromEntries(
    extensionAttributes.flatMap((key) => (typeof all[key] === 'string' ? [[key, all[key]]] : [])),
  );
}

function written(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
