import { type PropertyShape, typeReference } from './shapes.ts';

/**
 * Types that are abstract in Microsoft's CSDL, of those that Sallyport answers, and `directoryObject`, whose values
 * Graph always names: a value of one of them without `@odata.type` says nothing. The SDK does not tell.
 */
export const alwaysNamed: ReadonlySet<string> = new Set([
  'accessPackageAnswer',
  'accessPackageQuestion',
  'customExtensionBehaviorOnError',
  'directoryObject',
  'identitySource',
  'subjectSet',
  'unifiedRoleManagementPolicyRule',
]);

/**
 * What `/beta` answers beside v1.0, by type, where Sallyport answers it. Microsoft's v1.0 SDK does not declare these;
 * https://learn.microsoft.com/graph/api/resources/TYPE?view=graph-rest-beta does. A step is v1.0's stage.
 */
export function betaProperty(type: string, property: string): PropertyShape | undefined {
  return beta[`${type}.${property}`]?.();
}

const beta: Readonly<Record<string, () => PropertyShape>> = {
  'approval.steps': () => objects('approvalStage'),
  'group.membershipRuleProcessingStatus': () => ({ json: { is: 'anything' }, collection: false }),
  'unifiedRoleDefinition.isPrivileged': () => ({ json: { is: 'boolean' }, collection: false }),
};

/** Types of `/beta` alone, which v1.0's SDK has under no name: nothing to hold them against. */
export const betaAlone: ReadonlySet<string> = new Set([
  'evaluateDynamicMembershipResult',
  'expressionEvaluationDetails',
  'propertyToEvaluate',
]);

/** Microsoft's v1.0 name for a type that beta alone has under another. */
export function stableName(type: string): string {
  return type === 'approvalStep' ? 'approvalStage' : type;
}

function objects(typeName: string): PropertyShape {
  const type = typeReference(typeName);
  return { json: type === null ? { is: 'anything' } : { is: 'object', type }, collection: true };
}
