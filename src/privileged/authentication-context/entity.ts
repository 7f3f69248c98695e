import { sql } from 'kysely';
import { readerMay } from '../../access/index.ts';
import type { EntitySet } from '../../graph/declaration.ts';
import { bool, text } from '../../graph/properties.ts';

/** `/identity/conditionalAccess/authenticationContextClassReferences`. */
export const authenticationContexts: EntitySet = {
  name: 'authenticationContextClassReferences',
  type: 'microsoft.graph.authenticationContextClassReference',
  from: () => sql`(select * from authentication_context where valid_to is null)`,
  properties: {
    id: text('id'),
    displayName: text('display_name'),
    description: text('description'),
    isAvailable: bool('is_available'),
  },
  visible: (_row, { reader }) => sql.lit(readerMay('authenticationContext.read', reader)),
  listable: ({ reader }) => readerMay('authenticationContext.read', reader),
  notFound: 'ResourceNotFound',
};

/** Where authentication contexts are in Graph. */
export const contextPath = '/identity/conditionalAccess/authenticationContextClassReferences';
