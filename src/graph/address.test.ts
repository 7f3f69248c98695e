import { describe, expect, it } from 'vitest';
import { parseAddress, versioned } from './address.ts';
import { referencedId } from './reference.ts';

const parts = (url: string) =>
  parseAddress(url).segments.map(({ text, named }) => (named === null ? text : `${text}${JSON.stringify(named)}`));

describe('an address', () => {
  it.each([
    ['/v1.0/users', ['users']],
    ['/beta/users/', ['users']],
    ['users//x', ['users', 'x']],
    ["/users('x')/manager", ['users', 'x', 'manager']],
    ["/users('O''Hara')", ['users', "O'Hara"]],
    ['/users(5)', ['users', '5']],
    ["/users(userPrincipalName='a@b')", ['users{"userPrincipalName":"a@b"}']],
    ["/groups/(uniqueName='it')", ['groups{"uniqueName":"it"}']],
    ["/groups//('x')/members", ['groups', "('x')", 'members']],
    ["/r/filterByCurrentUser(on='approver')", ['r', 'filterByCurrentUser{"on":"approver"}']],
    ['/r/filterByCurrentUser%28on%3D%27approver%27%29', ['r', 'filterByCurrentUser{"on":"approver"}']],
    ["/additionalAccess(a='1, (2)',b='3')", ['additionalAccess{"a":"1, (2)","b":"3"}']],
    ['/delta()', ['delta{}']],
    ['/%24batch', ['$batch']],
    ['/groups/a%2Fb', ['groups', 'a/b']],
  ])('%s is taken apart', (url, expected) => {
    expect(parts(url)).toEqual(expected);
  });

  it('keeps its query as it came', () => {
    expect(parseAddress("/beta/users?$filter=a eq '%3F?'#x")).toMatchObject({
      version: 'beta',
      query: "$filter=a eq '%3F?'",
    });
  });

  it.each([
    ['https://graph.microsoft.com/v1.0/directoryObjects/abc', 'abc'],
    ['https://localhost:8443/beta/users/abc', 'abc'],
    ["https://graph.microsoft.com/v1.0/directoryObjects('abc')", 'abc'],
    ['/users/abc', 'abc'],
    ['https://graph.microsoft.com/v1.0/identityGovernance/entitlementManagement/accessPackages/abc', 'abc'],
    ['https://graph.microsoft.com/v1.0/', null],
    ['abc', null],
    ['https://x/%zz/y', null],
  ])('%s refers to %s', (address, id) => {
    expect(referencedId(address)).toBe(id);
  });

  it('names its version, or belongs to another', () => {
    expect(parseAddress('/sallyport/settings')).toMatchObject({
      version: 'sallyport',
      segments: [{ text: 'settings' }],
    });
    expect(versioned('users', 'beta')).toBe('/beta/users');
    expect(versioned('/Sallyport?$top=1', 'v1.0')).toBe('/Sallyport?$top=1');
    expect(versioned('/betas/x', 'v1.0')).toBe('/v1.0/betas/x');
  });
});
