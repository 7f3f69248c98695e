import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../../postgres.ts';
import { afterwards } from './assignments.ts';
import { catalogs, delegations } from './catalogs.ts';
import { connected } from './connected.ts';
import { directoryQueries } from './directory-queries.ts';
import { groups } from './groups.ts';
import { moreResources } from './more-catalogs.ts';
import { aroundPackages, triedAgain } from './more-packages.ts';
import { moreAsking } from './more-requests.ts';
import { coreOperations } from './operations.ts';
import { packages } from './packages.ts';
import { openScene, type Pair, replay, type Scene } from './pairs.ts';
import { approvingGroups, takingBack } from './pim-approvals.ts';
import { ofGroups } from './pim-groups.ts';
import { readingGroups, readingRoles } from './pim-more.ts';
import { ofPolicies } from './pim-policies.ts';
import { pimQueries } from './pim-queries.ts';
import { ofRoles, ofRolesLater } from './pim-roles.ts';
import { policies } from './policies.ts';
import { asking } from './requests.ts';
import { others } from './roles-and-log.ts';
import { users } from './users.ts';

/** Each part is played on a stage of its own, its pairs in their order. */
const parts: readonly (readonly [string, readonly (readonly Pair[])[]])[] = [
  ['the directory', [users, groups, others, directoryQueries]],
  [
    'entitlement management',
    [
      catalogs,
      packages,
      policies,
      asking,
      aroundPackages,
      afterwards,
      delegations,
      triedAgain,
      moreResources,
      moreAsking,
      connected,
    ],
  ],
  [
    'PIM',
    [ofGroups, readingGroups, approvingGroups, ofRoles, readingRoles, ofRolesLater, takingBack, ofPolicies, pimQueries],
  ],
];

describe.each(databaseKinds)('on %s', (kind) => {
  const answered = new Set<string>();

  describe.each(parts)('documented requests of %s', (_name, pairs) => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await openScene(kind);
    });
    afterAll(() => scene?.play.close());

    replay(() => scene, pairs.flat(), answered);
  });

  // Nothing ever waits for an answer from outside, as there are no custom extensions: this one has nothing to do.
  const idle =
    'POST /identityGovernance/entitlementManagement/assignmentRequests/{accessPackageAssignmentRequest-id}/resume';

  test('each core operation has answered, and each answer was held against Microsoft’s contract', () => {
    expect(coreOperations).toHaveLength(199);
    expect(coreOperations.filter((one) => !answered.has(one))).toEqual([idle]);
  });
});
