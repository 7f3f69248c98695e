import { expect, test } from 'vitest';
import type { Privileges } from '../../src/desk/privileges/contract.ts';
import { endedBetween } from './ended.ts';

const privilege = { kind: 'role', id: 'r', displayName: 'Global Administrator', scope: '/', isPrivileged: true };
const because = (reason: string) => ({ reason, grantId: null, boundById: null });

function read(now: string, parts: { readonly active?: readonly object[]; readonly expired?: readonly object[] }) {
  return { now, eligible: [], active: [], expired: [], ...parts } as unknown as Privileges;
}

const active = { privilege, endDateTime: '2026-11-25T18:00:00Z', endsBecause: because('requested') };
const before = read('2026-11-25T17:00:00Z', { active: [active] });

test('what is still active has not ended', () => {
  expect(endedBetween(before, read('2026-11-25T17:30:00Z', { active: [active] }))).toEqual([]);
});

test('at the end that was said, it ended as was said', () => {
  expect(endedBetween(before, read('2026-11-25T18:00:00Z', {}))).toEqual([
    { privilege, isPlanned: true, reason: 'requested' },
  ]);
});

test('a membership that was not activated is no matter of roles', () => {
  const member = { ...active, privilege: { ...privilege, kind: 'group-member' }, assignmentType: 'assigned' };
  expect(endedBetween(read('2026-11-25T17:00:00Z', { active: [member] }), read('2026-11-25T18:00:00Z', {}))).toEqual(
    [],
  );
});

test('before that end, only what the server says of it is known', () => {
  const early = { privilege, mode: 'active', endsBecause: because('removed') };
  expect(endedBetween(before, read('2026-11-25T17:30:00Z', { expired: [early] }))).toEqual([
    { privilege, isPlanned: false, reason: 'removed' },
  ]);
  expect(endedBetween(before, read('2026-11-25T17:30:00Z', {}))).toEqual([
    { privilege, isPlanned: false, reason: null },
  ]);
});
