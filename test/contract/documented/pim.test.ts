import { afterAll, beforeAll, describe } from 'vitest';
import { databaseKinds } from '../../postgres.ts';
import { openScene, replay, type Scene } from './pairs.ts';
import { ofGroups } from './pim-groups.ts';
import { ofPolicies } from './pim-policies.ts';
import { ofRoles } from './pim-roles.ts';

describe.each(databaseKinds)('documented requests of PIM on %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(kind);
  });
  afterAll(() => scene?.play.close());

  replay(() => scene, [...ofGroups, ...ofRoles, ...ofPolicies]);
});
