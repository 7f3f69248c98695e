import { expect, test } from 'vitest';
import { newPolicy, nextStage } from './draft.ts';
import { changedPaths } from './touched.ts';

const policy = newPolicy('One');

test('what is the same has not changed', () => {
  expect(changedPaths(policy, newPolicy('One'))).toEqual([]);
});

test('a change is told by where it is, as the server names places', () => {
  const approval = policy.requestApprovalSettings;
  const stages = approval.stages.map((stage) => ({ ...stage, durationBeforeAutomaticDenial: 'P20D' }));
  expect(changedPaths(policy, { ...policy, requestApprovalSettings: { ...approval, stages } })).toEqual([
    'requestApprovalSettings/stages/0/durationBeforeAutomaticDenial',
    'requestApprovalSettings/stages/1/durationBeforeAutomaticDenial',
  ]);
});

test('a list that grew or shrank has changed as a whole', () => {
  const approval = { ...policy.requestApprovalSettings, stages: [nextStage] };
  expect(changedPaths(policy, { ...policy, displayName: 'Two', requestApprovalSettings: approval })).toEqual([
    'displayName',
    'requestApprovalSettings/stages',
  ]);
});

test('what comes or goes has changed', () => {
  expect(changedPaths({ automatic: null }, { automatic: { on: true } })).toEqual(['automatic']);
});
