import { expect, test } from 'vitest';
import type { Picked } from '../../parts/picked.ts';
import { newPolicy } from './draft.ts';
import { idsIn, pickedOf, relationSet, setOf } from './people.ts';

const names = new Map([['u1', { id: 'u1', kind: 'user', displayName: 'Ada' }]] as const);
const say = (relation: string, level: number) => `${relation} ${level}`;

test.each<Picked>([
  { kind: 'user', id: 'u1', displayName: 'Ada' },
  // Who is gone, or not to be known, is told by their id.
  { kind: 'group', id: 'g1', displayName: 'g1' },
  { kind: 'organization', id: 'o1', displayName: 'o1' },
  { kind: 'relation', id: 'requestorManager:2', displayName: 'requestorManager 2' },
  { kind: 'relation', id: 'targetManager:1', displayName: 'targetManager 1' },
  { kind: 'relation', id: 'targetUserSponsors', displayName: 'targetUserSponsors 1' },
])('$id is picked, and known again', (picked) => {
  expect(pickedOf(setOf(picked), names, say)).toEqual(picked);
});

test('all whom a policy names are asked for by their ids', () => {
  const policy = newPolicy('One');
  const [stage] = policy.requestApprovalSettings.stages;
  const stages =
    stage === undefined
      ? []
      : [{ ...stage, fallbackPrimaryApprovers: [setOf({ kind: 'user', id: 'u2', displayName: '' })] }];
  const draft = {
    ...policy,
    specificAllowedTargets: [setOf({ kind: 'group', id: 'g1', displayName: '' }), relationSet('internalSponsors')],
    requestApprovalSettings: { ...policy.requestApprovalSettings, stages },
  };
  expect(idsIn(draft)).toEqual(['g1', 'u2']);
});
