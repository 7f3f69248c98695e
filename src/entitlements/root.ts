/** Where the first door's collections hang in Graph. */
export const root = '/identityGovernance/entitlementManagement';
