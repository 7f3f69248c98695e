import { guid, listOf, required, type Static, shape } from '../../graph/schema.ts';

/** Accounts of one human, as they are sent: all of them. */
export const linkedAccountsBody = shape(
  { accountIds: required(listOf(guid(), { minItems: 1, maxItems: 50 })) },
  { readOnly: ['id', 'accounts', 'linkedDateTime'] },
);

/** Accounts of one human. */
export type LinkedAccountsBody = Static<typeof linkedAccountsBody>;
