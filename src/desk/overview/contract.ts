import {
  enumOf,
  guid,
  instant,
  int,
  listOf,
  nullable,
  required,
  type Static,
  shape,
  text,
} from '../../graph/schema.ts';
import { named, privilege } from '../holding/contract.ts';

/** What `GET /sallyport/overview` answers. Lists hold the most urgent, `atMost` of each; counts are of all. */
export const overviewAnswer = shape({
  now: required(instant()),
  /** What waits for the caller's decision, at both doors, the nearest deadline first. */
  approvals: required(
    shape({
      count: required(int()),
      items: required(
        listOf(
          shape({
            id: required(guid()),
            kind: required(enumOf(['accessPackage', 'activation'])),
            displayName: required(text()),
            requestor: required(shape(named)),
            stage: required(int()),
            stages: required(int()),
            openedDateTime: required(instant()),
            deadline: required(instant()),
          }),
        ),
      ),
    }),
  ),
  /** The caller's own requests that wait, at both doors, the latest first. */
  pendingRequests: required(
    shape({
      count: required(int()),
      items: required(
        listOf(
          shape({
            id: required(guid()),
            /** Where its timeline is: `assignmentRequests` or `scheduleRequests`. */
            kind: required(enumOf(['accessPackage', 'privilege'])),
            /** Graph's type of the request, or PIM's action. */
            type: required(text()),
            displayName: required(text()),
            target: required(shape(named)),
            createdDateTime: required(instant()),
            state: required(enumOf(['pendingApproval', 'scheduled', 'pendingAdminDecision'])),
            /** The stage that is open; null where nobody has to approve. */
            stage: required(nullable(int())),
            stages: required(int()),
            /** Until when somebody has to decide; of what is scheduled, when it starts. */
            until: required(instant()),
          }),
        ),
      ),
    }),
  ),
  /** What the caller has. */
  packages: required(
    listOf(
      shape({
        assignmentId: required(guid()),
        accessPackage: required(shape(named)),
        startDateTime: required(instant()),
        endDateTime: required(nullable(instant())),
      }),
    ),
  ),
  active: required(listOf(shape({ privilege: required(privilege), endDateTime: required(nullable(instant())) }))),
  eligible: required(listOf(shape({ privilege: required(privilege), endDateTime: required(nullable(instant())) }))),
  /** Packages and privileges that end within 14 days, the nearest end first. */
  endsSoon: required(
    listOf(
      shape({
        kind: required(enumOf(['accessPackage', 'eligible', 'active'])),
        /** The assignment, or the role or group. */
        id: required(guid()),
        displayName: required(text()),
        endDateTime: required(instant()),
      }),
    ),
  ),
});

export type Overview = Static<typeof overviewAnswer>;
