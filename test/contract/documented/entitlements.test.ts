import { afterAll, beforeAll, describe } from 'vitest';
import { databaseKinds } from '../../postgres.ts';
import { afterwards } from './assignments.ts';
import { catalogs, delegations } from './catalogs.ts';
import { packages } from './packages.ts';
import { openScene, replay, type Scene } from './pairs.ts';
import { policies } from './policies.ts';
import { asking } from './requests.ts';

describe.each(databaseKinds)('documented requests of entitlement management on %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene(kind);
  });
  afterAll(() => scene?.play.close());

  replay(() => scene, [...catalogs, ...packages, ...policies, ...asking, ...afterwards, ...delegations]);
});
