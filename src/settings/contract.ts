import { bool, duration, enumOf, guid, listOf, nullable, type Static, shape } from '../graph/schema.ts';
import { directAssignments, scopeLeavings, separations } from './model.ts';

/** Settings as they are sent: those that are to change. */
export const settingsBody = shape(
  {
    separationOfDuties: enumOf(separations),
    directAssignment: enumOf(directAssignments),
    whenTargetLeavesScope: enumOf(scopeLeavings),
    whenTargetLeavesScopeOfPrivileged: enumOf(scopeLeavings),
    gracePeriodAfterLeavingScope: duration(),
    likeEntra: bool(),
    breakGlassAccounts: listOf(guid(), { maxItems: 20 }),
    mfaFreshness: nullable(duration()),
  },
  { readOnly: ['id'] },
);

/** Settings that are to change. */
export type SettingsBody = Static<typeof settingsBody>;
