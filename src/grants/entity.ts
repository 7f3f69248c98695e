import { sql } from 'kysely';
import { readerMay } from '../access/index.ts';
import type { EntitySet, ReadContext, Sql } from '../graph/declaration.ts';
import { composed, enumeration, guid, instant, text } from '../graph/properties.ts';
import { ledger } from './store.ts';

function me({ reader: { caller } }: ReadContext): Sql {
  return sql`${caller.kind === 'system' ? null : caller.id}::uuid`;
}

/** The ledger as it is, `/sallyport/grants`: each row with its end and why it is that one. */
export const ledgerGrants: EntitySet = {
  name: 'grants',
  says: 'who has been given what, from when until when, and why it ends then',
  type: 'sallyport.grant',
  from: () => sql`${ledger}`,
  properties: {
    id: guid('id'),
    principalId: guid('principal_id'),
    principalKind: enumeration(['user', 'group', 'app'], 'principal_kind'),
    privilegeKind: enumeration(['role', 'group-member', 'group-owner', 'entitlement-role'], 'privilege_kind'),
    privilegeId: guid('privilege_id'),
    scope: text('scope'),
    mode: enumeration(['eligible', 'active'], 'mode'),
    startDateTime: instant('starts_at', { neverNull: true }),
    endDateTime: instant((row) => sql`least(${row('ends_at')}, ${row('ended_at')})`),
    endsBecause: composed({
      // What ended it early, or else what binds the planned end.
      reason: text(
        (
          row,
        ) => sql`case when ${row('ended_at')} is not null and ${row('ended_at')} <= coalesce(${row('ends_at')}, 'infinity')
        then ${row('end_reason')} else ${row('end_bound')} end`,
      ),
      boundById: guid('end_bound_id'),
    }),
    origin: enumeration(['assigned', 'rule', 'package', 'activation'], 'origin_kind'),
    originId: text('origin_id'),
    correlationId: guid('correlation_id'),
    givenDateTime: instant('given_at'),
  },
  visible: (row, context) => sql`(${sql.lit(readerMay('effectiveAccess.read', context.reader))}
    or ${row('principal_id')} = ${me(context)})`,
  order: 'startDateTime desc',
  notFound: 'ResourceNotFound',
};
