import type { Operator } from './operators.ts';

export type AttributeType = 'boolean' | 'dateTime' | 'string' | 'strings' | 'plans' | 'groups';

/** A property that a rule may name after `user.`. */
export interface Attribute {
  /** The name in the rule, in Entra's spelling. */
  readonly name: string;
  /** The name of the fact that it tests: Graph's name of the user's property where Graph has it in this form. */
  readonly fact: string;
  readonly type: AttributeType;
}

const ofText: readonly Operator[] = [
  'eq',
  'ne',
  'startsWith',
  'notStartsWith',
  'endsWith',
  'notEndsWith',
  'contains',
  'notContains',
  'match',
  'notMatch',
  'in',
  'notIn',
];

const operatorsOf: Readonly<Record<AttributeType, readonly Operator[]>> = {
  boolean: ['eq', 'ne'],
  dateTime: ['eq', 'ne', 'le', 'ge'],
  string: ofText,
  strings: ofText,
  plans: [],
  groups: [],
};

/** Names in the rule that differ from Graph's; all others are the same in both. */
const facts: Readonly<Record<string, string>> = {
  dirSyncEnabled: 'onPremisesSyncEnabled',
  facsimileTelephoneNumber: 'faxNumber',
  mailNickName: 'mailNickname',
  mobile: 'mobilePhone',
  objectId: 'id',
  physicalDeliveryOfficeName: 'officeLocation',
  memberOf: 'memberOfGroupIds',
};

const namesByType: Readonly<Record<AttributeType, readonly string[]>> = {
  boolean: ['accountEnabled', 'dirSyncEnabled'],
  dateTime: ['employeeHireDate'],
  string: [
    'city',
    'country',
    'companyName',
    'department',
    'displayName',
    'employeeId',
    'facsimileTelephoneNumber',
    'givenName',
    'jobTitle',
    'mail',
    'mailNickName',
    'mobile',
    'objectId',
    'onPremisesDistinguishedName',
    'onPremisesSecurityIdentifier',
    'passwordPolicies',
    'physicalDeliveryOfficeName',
    'postalCode',
    'preferredLanguage',
    'sipProxyAddress',
    'state',
    'streetAddress',
    'surname',
    'telephoneNumber',
    'usageLocation',
    'userPrincipalName',
    'userType',
    ...Array.from({ length: 15 }, (_, index) => `extensionAttribute${index + 1}`),
  ],
  strings: ['otherMails', 'proxyAddresses'],
  plans: ['assignedPlans'],
  groups: ['memberOf'],
};

const byName = new Map<string, Attribute>(
  (Object.entries(namesByType) as [AttributeType, readonly string[]][]).flatMap(([type, names]) =>
    names.map((name): [string, Attribute] => [name, { name, fact: facts[name] ?? name, type }]),
  ),
);

/** Every attribute that rules know by name. Directory extensions, whose names are the tenant's own, are beside these. */
export function attributes(): readonly Attribute[] {
  return [...byName.values()];
}

/** Spellings that Entra's documentation uses in examples beside the one in its table. */
const alsoSpelled: Readonly<Record<string, string>> = {
  employeehiredate: 'employeeHireDate',
  mailNickname: 'mailNickName',
  memberof: 'memberOf',
};

const directoryExtension = /^extension_[0-9A-Fa-f]{32}_[A-Za-z0-9_]{1,100}$/;

/** The attribute of that name, written exactly so (names are case-sensitive); undefined if rules know none. */
export function attributeNamed(name: string): Attribute | undefined {
  if (directoryExtension.test(name)) return { name, fact: name, type: 'string' };
  return byName.get(Object.hasOwn(alsoSpelled, name) ? (alsoSpelled[name] ?? name) : name);
}

/** The supported name that differs from the given one in case only; undefined if there is none. */
export function nameMeant(name: string): string | undefined {
  const lower = name.toLowerCase();
  return [...byName.keys()].find((known) => known.toLowerCase() === lower);
}

/** The operators that the attribute's type takes, in the documentation's order. */
export function operatorsFor(type: AttributeType): readonly Operator[] {
  return operatorsOf[type];
}
