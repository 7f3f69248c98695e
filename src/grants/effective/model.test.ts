import { describe, expect, test } from 'vitest';
import type { Instant } from '../../kernel/time.ts';
import type { Binding } from '../ending.ts';
import type { EndReason, Mode } from '../model.ts';
import { type Link, reachOf, type Way } from './model.ts';

const origin = Temporal.Instant.from('2027-01-04T12:00:00Z');
const at = (hours: number) => origin.add({ hours });

interface Said {
  readonly mode?: Mode;
  readonly starts?: number;
  readonly ends?: number;
  readonly by?: Binding;
  readonly ended?: { readonly at: number; readonly reason: EndReason };
}

function link(id: string, { mode = 'active', starts = 0, ends, by, ended }: Said = {}): Link {
  return {
    id,
    principal: { kind: 'user', id: 'person' },
    privilege: { kind: 'group-member', id: 'group', scope: '/' },
    mode,
    startsAt: at(starts),
    endsAt: ends === undefined ? null : at(ends),
    endedAt: ended === undefined ? null : at(ended.at),
    endReason: ended?.reason ?? null,
    binding: ends === undefined ? null : (by ?? { by: 'requested' }),
    origin: { kind: 'assigned', id },
    correlation: id,
    givenAt: origin,
  };
}

function way(links: readonly Link[], accountUntil: Instant | null = null): Way {
  return { principalId: 'person', principalKind: 'user', links, accountUntil };
}

describe('a way', () => {
  test('lives from the start of its last link to the end of its first', () => {
    const reach = reachOf(way([link('a', { starts: 1, ends: 9 }), link('b', { starts: 3, ends: 7 })]));
    expect(reach).toMatchObject({ mode: 'active', activations: 0, startsAt: at(3), endsAt: at(7) });
    expect(reach.why).toEqual({ is: 'planned', binding: { by: 'requested' }, grantId: 'b' });
  });

  test('that has something eligible on it has to be activated first', () => {
    const reach = reachOf(way([link('a', { mode: 'eligible' }), link('b', { mode: 'eligible' }), link('c')]));
    expect(reach).toMatchObject({ mode: 'eligible', activations: 2, endsAt: null, why: { is: 'never' } });
  });

  test('ends with the account', () => {
    const reach = reachOf(way([link('a', { ends: 9 })], at(5)));
    expect(reach).toMatchObject({ endsAt: at(5), why: { is: 'accountDisabled' } });
  });

  test('that was ended says by what, and not by what hung on it', () => {
    const ended = { at: 4, reason: 'link-ended' } as const;
    const reach = reachOf(way([link('a', { ended }), link('b', { ended: { at: 4, reason: 'removed' } })]));
    expect(reach.why).toEqual({ is: 'ended', reason: 'removed', grantId: 'b' });
  });

  test('names the link whose own end it is, before one that is only capped', () => {
    const capped = link('a', { ends: 6, by: { by: 'link', id: 'b' } });
    const reach = reachOf(way([capped, link('b', { ends: 6, by: { by: 'policy' } })]));
    expect(reach.why).toEqual({ is: 'planned', binding: { by: 'policy' }, grantId: 'b' });
  });
});
