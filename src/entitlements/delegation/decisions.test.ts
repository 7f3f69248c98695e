import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { decideActions, decideDelegation, delegatesAtMost, scopeOf } from './decisions.ts';
import { builtInRoles, catalogScope, parseScope, relationsOf, resourceActions, scopeText } from './model.ts';

const catalogId = newId();
const facts = { isHeld: false, delegates: 0 };
const codeOf = (outcome: object) => (outcome as { refusal?: { code: string } }).refusal?.code ?? 'accepted';

describe('the built-in roles', () => {
  test.each([
    ['Catalog owner', ['catalogOwner', 'catalogReader']],
    ['Catalog reader', ['catalogReader']],
    ['AccessPackages manager', ['packageManager', 'catalogReader']],
    ['AccessPackage assignment manager', ['assignmentManager', 'catalogReader']],
    ['Catalog creator', ['catalogCreator']],
    ['Connected organization administrator', ['connectedOrganizationAdministrator']],
  ])('%s', (name, relations) => {
    const role = builtInRoles.find(({ displayName }) => displayName === name);
    expect(relationsOf(role?.actions ?? []).sort()).toEqual([...relations].sort());
    expect(codeOf(decideActions(role?.actions ?? []))).toBe('accepted');
  });

  test('are assigned in the scope that they are for, and in no other', () => {
    for (const role of builtInRoles) {
      const isWide = ['Catalog creator', 'Connected organization administrator'].includes(role.displayName);
      const enabled = { ...role, isEnabled: true };
      expect(codeOf(decideDelegation(enabled, { is: 'tenant' }, facts))).toBe(
        isWide ? 'accepted' : 'RoleScopeNotValid',
      );
      expect(codeOf(decideDelegation(enabled, { is: 'catalog', catalogId }, facts))).toBe(
        isWide ? 'RoleScopeNotValid' : 'accepted',
      );
    }
  });
});

test.each([
  [{ isHeld: true, delegates: 1 }, true, 'RoleAssignmentExists'],
  [{ isHeld: false, delegates: delegatesAtMost }, true, 'DelegatedUserLimitReached'],
  [{ isHeld: false, delegates: delegatesAtMost - 1 }, true, 'accepted'],
  [{ isHeld: false, delegates: 0 }, false, 'RoleNotEnabled'],
])('with %o a role that is enabled: %s gives %s', (met, isEnabled, code) => {
  const role = { displayName: 'Any', isEnabled, actions: resourceActions.slice(0, 1) };
  expect(codeOf(decideDelegation(role, { is: 'catalog', catalogId }, met))).toBe(code);
});

test.each([
  [null, null, 'PropertyRequired'],
  ['', '', 'PropertyRequired'],
  ['/', null, 'accepted'],
  [null, '/', 'accepted'],
  [catalogScope(catalogId), '/', 'accepted'],
  [null, catalogScope(catalogId), 'RoleScopeNotValid'],
  ['/AccessPackageCatalog/', null, 'RoleScopeNotValid'],
  ['/AccessPackageCatalog/not-an-id', null, 'RoleScopeNotValid'],
  [`${catalogScope(catalogId)}/x`, null, 'RoleScopeNotValid'],
])('the scopes %s and %s: %s', (appScopeId, directoryScopeId, code) => {
  expect(codeOf(scopeOf({ appScopeId, directoryScopeId }))).toBe(code);
});

test('a scope is read as it is written, whatever its letter case', () => {
  for (const scope of [{ is: 'tenant' }, { is: 'catalog', catalogId }] as const) {
    expect(parseScope(scopeText(scope))).toEqual(scope);
    expect(parseScope(scopeText(scope).toUpperCase())).toEqual(scope);
  }
});
