import { guid, nullable, readOnly, required, type Static, shape, text } from '../../graph/schema.ts';

const scope = nullable(text({ maxLength: 256 }));

/** `unifiedRoleAssignment` of entitlement management, as it is sent. */
export const delegationBody = shape(
  {
    roleDefinitionId: required(guid()),
    principalId: required(guid()),
    appScopeId: scope,
    directoryScopeId: scope,
  },
  { readOnly: readOnly('id', 'condition', 'principalOrganizationId') },
);

/** A role that somebody is to have. */
export type DelegationBody = Static<typeof delegationBody>;

/** The same, sent back: nothing of it can be changed. */
export const delegationChangeBody = shape(
  {
    roleDefinitionId: guid(),
    principalId: guid(),
    appScopeId: scope,
    directoryScopeId: scope,
  },
  { readOnly: readOnly('id', 'condition', 'principalOrganizationId') },
);

/** What is said of an assignment that exists. */
export type DelegationChangeBody = Static<typeof delegationChangeBody>;
