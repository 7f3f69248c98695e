import { bool, instant, int, listOf, nullable, required, type Static, shape, text } from '../../graph/schema.ts';
import { named } from '../holding/contract.ts';

/** What `GET /sallyport/me` answers. */
export const meAnswer = shape({
  ...named,
  userPrincipalName: required(text()),
  mail: required(nullable(text())),
  jobTitle: required(nullable(text())),
  manager: required(nullable(shape(named))),
  /** When multifactor authentication was last proven, in real time. */
  mfaAt: required(nullable(instant())),
  /** Authentication contexts that the sign-in satisfied (`c1` to `c99`). */
  authenticationContexts: required(listOf(text())),
  /** Directory roles that are active now; null ends never. */
  roles: required(listOf(shape({ ...named, endDateTime: required(nullable(instant())) }))),
  /** Rows of the access table that the caller meets whatever the object: `accessPackage.create`. */
  operations: required(listOf(text())),
  /** Catalogs in which the caller has roles of entitlement management, and which rows these meet there. */
  delegated: required(
    listOf(
      shape({
        catalog: required(shape(named)),
        /** How the caller stands to the catalog: `catalogOwner`, `packageManager`, `assignmentManager`, `catalogReader`. */
        roles: required(listOf(text())),
        operations: required(listOf(text())),
      }),
    ),
  ),
  /** Whether the caller has, or ever had, something to decide. */
  isApprover: required(bool()),
  counts: required(
    shape({
      /** Decisions of both doors that wait for the caller. */
      pendingApprovals: required(int()),
      /** The caller's own requests that wait, at both doors. */
      pendingRequests: required(int()),
      eligible: required(int()),
      active: required(int()),
      /** Assignments and privileges of the caller that end within 14 days. */
      endingSoon: required(int()),
    }),
  ),
  /** Governance time. */
  now: required(instant()),
  isRehearsal: required(bool()),
});

export type Me = Static<typeof meAnswer>;
