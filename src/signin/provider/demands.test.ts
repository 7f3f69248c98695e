import { describe, expect, it, test } from 'vitest';
import { acrOf, contextsOf, type Demands, demandsIn } from './demands.ts';

const nothing: Demands = { mfa: false, contexts: [] };

describe('what an authorization request demands', () => {
  test.each<[string | undefined, object | undefined, Demands]>([
    [undefined, undefined, nothing],
    ['c1', undefined, { mfa: false, contexts: ['c1'] }],
    ['c2 c1 c2', undefined, { mfa: false, contexts: ['c1', 'c2'] }],
    ['c0 c100 urn:loa:2 C1', undefined, nothing],
    [undefined, { access_token: { acrs: { essential: true, value: 'c7' } } }, { mfa: false, contexts: ['c7'] }],
    [undefined, { id_token: { acrs: { values: ['c1', 'c3'] } } }, { mfa: false, contexts: ['c1', 'c3'] }],
    [undefined, { access_token: { amr: { essential: true, values: ['mfa'] } } }, { mfa: true, contexts: [] }],
    [undefined, { id_token: { amr: { value: 'mfa' }, acrs: { value: 'c1' } } }, { mfa: true, contexts: ['c1'] }],
    ['c2', { access_token: { acrs: { value: 'c1' } } }, { mfa: false, contexts: ['c1', 'c2'] }],
    // What Microsoft's clients say that they understand, and what else may be asked of an ID token.
    [undefined, { access_token: { xms_cc: { values: ['CP1'] } } }, nothing],
    [undefined, { id_token: { auth_time: { essential: true }, acrs: null }, userinfo: {} }, nothing],
    [undefined, { access_token: { acrs: { values: [1, null, 'c4'] }, amr: 'mfa' } }, { mfa: false, contexts: ['c4'] }],
    [undefined, {}, nothing],
  ])('%j and %j is %j', (acrValues, claims, wanted) => {
    expect(demandsIn(acrValues, claims === undefined ? undefined : JSON.stringify(claims))).toEqual(wanted);
  });

  test.each(['', '{', 'null', '[]', '1', '"acrs"'])('in claims of %j cannot be read', (claims) => {
    expect(demandsIn(undefined, claims)).toBeNull();
  });
});

describe('the contexts of a session', () => {
  it('are kept as one text', () => {
    expect(acrOf(['c7', 'c1', 'c7'])).toBe('c1 c7');
    expect(contextsOf('c1 c7')).toEqual(['c1', 'c7']);
    expect(acrOf([])).toBeUndefined();
    expect(contextsOf(undefined)).toEqual([]);
  });
});
