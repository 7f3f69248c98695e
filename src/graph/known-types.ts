import known from './known-types.json' with { type: 'json' };

/** A type as Microsoft declares it. Names are without the namespace `microsoft.graph`. */
export interface KnownType {
  readonly kind: string;
  readonly base?: string;
  readonly isAbstract?: boolean;
  readonly isOpen?: boolean;
  readonly key?: readonly string[];
  /** Property → type: `Edm.String`, `Collection(assignedLicense)`; a `!` at the end says that it is never null. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Navigation → type; an `@` at the end says that its entities are contained. */
  readonly navigation?: Readonly<Record<string, string>>;
  /** Members of an enum with their values, in Graph's order. */
  readonly members?: Readonly<Record<string, number>>;
  readonly isFlags?: boolean;
}

/** An action or function that is bound to an entity (`group`) or a collection (`Collection(group)`). */
export interface KnownOperation {
  readonly kind: string;
  readonly name: string;
  readonly boundTo: string;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns?: string;
}

/** What one version of Graph declares. */
export interface KnownTypes {
  readonly types: ReadonlyMap<string, KnownType>;
  readonly operations: readonly KnownOperation[];
}

const step: KnownType = {
  kind: 'entity',
  base: 'entity',
  properties: {
    assignedToMe: 'Edm.Boolean',
    displayName: 'Edm.String',
    justification: 'Edm.String',
    reviewedBy: 'identity',
    reviewedDateTime: 'Edm.DateTimeOffset',
    reviewResult: 'Edm.String',
    status: 'Edm.String',
  },
};

/** Lies outside the part of v1.0 that `known-types.json` was taken from. */
const verifiedDomain: KnownType = {
  kind: 'complex',
  properties: {
    capabilities: 'Edm.String',
    isDefault: 'Edm.Boolean',
    isInitial: 'Edm.Boolean',
    name: 'Edm.String',
    type: 'Edm.String',
  },
};

/** Lies outside it too: where a resource lives, for sites of SharePoint. */
const resourceEnvironment: KnownType = {
  kind: 'entity',
  base: 'entity',
  properties: {
    createdDateTime: 'Edm.DateTimeOffset',
    description: 'Edm.String',
    displayName: 'Edm.String',
    isDefaultEnvironment: 'Edm.Boolean',
    modifiedDateTime: 'Edm.DateTimeOffset',
    originId: 'Edm.String',
    originSystem: 'Edm.String',
  },
  navigation: { resources: 'Collection(accessPackageResource)' },
};

/** Lies outside it too: what a policy calls at a stage of a request. */
const customCalloutExtension: KnownType = {
  kind: 'entity',
  base: 'entity',
  isAbstract: true,
  properties: { description: 'Edm.String', displayName: 'Edm.String' },
};

const evaluation: KnownType = {
  kind: 'complex',
  properties: {
    membershipRule: 'Edm.String',
    membershipRuleEvaluationDetails: 'expressionEvaluationDetails',
    membershipRuleEvaluationResult: 'Edm.Boolean',
  },
};

const evaluationDetails: KnownType = {
  kind: 'complex',
  properties: {
    expression: 'Edm.String',
    expressionEvaluationDetails: 'Collection(expressionEvaluationDetails)',
    expressionResult: 'Edm.Boolean',
    propertyToEvaluate: 'propertyToEvaluate',
  },
};

const evaluatedProperty: KnownType = {
  kind: 'complex',
  properties: { propertyName: 'Edm.String', propertyValue: 'Edm.String' },
};

/** Microsoft Graph v1.0. Source: Microsoft's CSDL, of the date that the file names. */
export const stableTypes: KnownTypes = {
  types: new Map([
    ...Object.entries<KnownType>(known.types),
    ['verifiedDomain', verifiedDomain],
    ['accessPackageResourceEnvironment', resourceEnvironment],
    ['customCalloutExtension', customCalloutExtension],
  ]),
  operations: known.operations,
};

/** The same with what `/beta` adds, of what is served here. Source: Microsoft's reference of beta. */
export const betaTypes: KnownTypes = {
  types: new Map<string, KnownType>([
    ...stableTypes.types,
    ['approval', adding('approval', { navigation: { steps: 'Collection(approvalStep)@' } })],
    ['approvalStep', step],
    ['unifiedRoleDefinition', adding('unifiedRoleDefinition', { properties: { isPrivileged: 'Edm.Boolean' } })],
    ['evaluateDynamicMembershipResult', evaluation],
    ['expressionEvaluationDetails', evaluationDetails],
    ['propertyToEvaluate', evaluatedProperty],
  ]),
  operations: [
    ...stableTypes.operations,
    ...['group', 'Collection(group)'].map((boundTo) => ({
      kind: 'action',
      name: 'evaluateDynamicMembership',
      boundTo,
      parameters: [
        { name: 'memberId', type: 'Edm.String' },
        { name: 'membershipRule', type: 'Edm.String' },
      ],
      returns: 'evaluateDynamicMembershipResult',
    })),
  ],
};

/** Navigations of users and groups that lie outside it, in lower case. */
const outsideNavigations: ReadonlySet<string> = new Set([
  'approleassignments',
  'extensions',
  'licensedetails',
  'photo',
  'registereddevices',
]);

/** Whether Microsoft Graph has a property or navigation of a type, by its qualified name, in any letter case. */
export function isKnownProperty(qualified: string, name: string): boolean {
  const asked = name.toLowerCase();
  if (hasMember(typeNamed(qualified), asked)) return true;
  return /\.(user|group|directoryObject)$/.test(qualified) && outsideNavigations.has(asked);
}

/** Whether a type, or one that it derives from, has a property or navigation, given in lower case. */
function hasMember(type: KnownType | undefined, asked: string): boolean {
  if (type === undefined) return false;
  const names = Object.keys({ ...type.properties, ...type.navigation });
  if (names.some((known) => known.toLowerCase() === asked)) return true;
  return type.base !== undefined && hasMember(typeNamed(type.base), asked);
}

function typeNamed(name: string): KnownType | undefined {
  return stableTypes.types.get(name.replace(/^microsoft\.graph\./, ''));
}

function adding(name: string, more: Pick<KnownType, 'properties' | 'navigation'>): KnownType {
  const type = stableTypes.types.get(name);
  if (type === undefined) throw new Error(`Microsoft's contract has no type ${name}`);
  return {
    ...type,
    properties: { ...type.properties, ...more.properties },
    navigation: { ...type.navigation, ...more.navigation },
  };
}

/** What lies between the root of the API and its collections, by path. */
export const knownPlaces: Readonly<Record<string, string>> = {
  '/auditLogs': 'auditLogRoot',
  '/directory': 'directory',
  '/identity': 'identityContainer',
  '/identity/conditionalAccess': 'conditionalAccessRoot',
  '/identityGovernance': 'identityGovernance',
  '/identityGovernance/entitlementManagement': 'entitlementManagement',
  '/identityGovernance/privilegedAccess': 'privilegedAccessRoot',
  '/identityGovernance/privilegedAccess/group': 'privilegedAccessGroup',
  '/policies': 'policyRoot',
  '/roleManagement': 'roleManagement',
  '/roleManagement/directory': 'rbacApplication',
  '/roleManagement/entitlementManagement': 'rbacApplication',
};
