import { sql } from 'kysely';
import { readerMay } from '../../access/index.ts';
import { linksNow } from '../../grants/index.ts';
import type { EntitySet } from '../../graph/declaration.ts';
import { bool, collectionOf, complex, guid, instant, text } from '../../graph/properties.ts';

/** `/sallyport/linkedAccounts`: one for each human with several accounts. People see their own. */
export const linkedAccounts: EntitySet = {
  name: 'linkedAccounts',
  type: 'sallyport.linkedAccounts',
  from: () => sql`(select link.person_id as id, min(link.valid_from) as linked_at,
      jsonb_agg(to_jsonb(link.account_id::text) order by link.account_id) as account_ids,
      jsonb_agg(jsonb_build_object('id', link.account_id::text, 'displayName', owner.display_name,
        'userPrincipalName', owner.user_principal_name, 'isDeleted', owner.deleted_at is not null)
        order by link.account_id) as accounts
    from ${linksNow} as link join directory_user as owner on owner.id = link.account_id group by link.person_id)`,
  properties: {
    id: guid('id'),
    accountIds: collectionOf(guid(''), 'account_ids'),
    accounts: collectionOf(
      complex('', {
        id: guid('id'),
        displayName: text('displayName'),
        userPrincipalName: text('userPrincipalName'),
        isDeleted: bool('isDeleted'),
      }),
      'accounts',
    ),
    linkedDateTime: instant('linked_at'),
  },
  visible: (row, { reader }) =>
    reader.caller.kind === 'user'
      ? sql`(${sql.lit(readerMay('linkedAccounts.read', reader))}
          or ${row('account_ids')} @> jsonb_build_array(${reader.caller.id}::text))`
      : sql.lit(readerMay('linkedAccounts.read', reader)),
  notFound: 'ResourceNotFound',
};
