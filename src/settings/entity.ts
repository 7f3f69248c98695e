import { type RawBuilder, sql } from 'kysely';
import { readerMay } from '../access/index.ts';
import type { EntitySet } from '../graph/declaration.ts';
import { bool, collectionOf, duration, enumeration, guid, text } from '../graph/properties.ts';
import { defaults, directAssignments, type Settings, scopeLeavings, separations } from './model.ts';

/** SQL: the value of a setting as jsonb, the default where nobody has changed it. */
function settled(name: keyof Settings): RawBuilder<unknown> {
  return sql`coalesce((select kept.value from governance_setting as kept
    where kept.name = ${sql.lit(name)} and kept.valid_to is null), ${sql.lit(JSON.stringify(defaults[name]))}::jsonb)`;
}

const textOf = (name: keyof Settings) => () => sql`(${settled(name)} #>> '{}')`;

/** `/sallyport/settings`. */
export const governanceSettings: EntitySet = {
  name: 'governanceSettings',
  says: 'what the organisation has settled about governance',
  type: 'sallyport.governanceSettings',
  from: () => sql`(select 'settings'::text as id)`,
  properties: {
    id: text('id'),
    separationOfDuties: enumeration(separations, textOf('separationOfDuties')),
    directAssignment: enumeration(directAssignments, textOf('directAssignment')),
    whenTargetLeavesScope: enumeration(scopeLeavings, textOf('whenTargetLeavesScope')),
    whenTargetLeavesScopeOfPrivileged: enumeration(scopeLeavings, textOf('whenTargetLeavesScopeOfPrivileged')),
    gracePeriodAfterLeavingScope: duration(textOf('gracePeriodAfterLeavingScope')),
    likeEntra: bool(() => sql`(${settled('likeEntra')})::boolean`),
    breakGlassAccounts: collectionOf(guid(''), () => settled('breakGlassAccounts')),
    mfaFreshness: duration(textOf('mfaFreshness')),
  },
  visible: (_row, { reader }) => sql.lit(readerMay('governanceSettings.read', reader)),
  notFound: 'ResourceNotFound',
};
