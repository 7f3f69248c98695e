import { describe, expect, it, test } from 'vitest';
import { type ActivePrivilege, lifetimeOf, rightsAt } from './rights.ts';

const governance = Temporal.Instant.from('2031-06-01T10:00:00Z');
const real = Temporal.Instant.from('2030-01-01T08:00:00.5Z');
const role = (id: string, until: string | null): ActivePrivilege => ({
  kind: 'role',
  id,
  until: until === null ? null : Temporal.Instant.from(`2031-06-01T${until}Z`),
});

describe('a token', () => {
  it('says what is active, each once', () => {
    const group: ActivePrivilege = { kind: 'group-member', id: 'g', until: null };
    expect(rightsAt([role('b', null), role('a', null), group, role('a', null)], governance, real)).toEqual({
      roleIds: ['a', 'b'],
      groupIds: ['g'],
      until: null,
    });
  });

  test.each<[string, readonly (string | null)[], number]>([
    ['as long as others without an end', [null], 3599],
    ['as long as others before an end that is far', ['18:00:00'], 3599],
    ['up to the earliest end', ['18:00:00', '10:10:00', null], 600],
    ['not a second longer', ['10:10:00.999999'], 600],
    ['a second at least', ['10:00:01'], 1],
  ])('lives %s', (_, ends, seconds) => {
    const rights = rightsAt(
      ends.map((end, index) => role(`${index}`, end)),
      governance,
      real,
    );
    expect(lifetimeOf(rights, 3599, real)).toBe(seconds);
  });

  it('leaves out what ends within the second', () => {
    const rights = rightsAt([role('ending', '10:00:00.999999'), role('lasting', '12:00:00')], governance, real);
    expect(rights.roleIds).toEqual(['lasting']);
    expect(rights.until?.toString()).toBe('2030-01-01T10:00:00.5Z');
  });
});
