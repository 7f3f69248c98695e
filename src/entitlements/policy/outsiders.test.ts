import { describe, expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import type { PolicyBody } from './contract.ts';
import { documentOf } from './document.ts';
import { admits, type Standing } from './model.ts';
import { isForOutsiders, rankOf } from './outsiders.ts';

const organizationId = newId();
const people: Readonly<Record<string, Standing>> = {
  member: { userId: newId(), isMember: true, groupIds: new Set() },
  guest: { userId: newId(), isMember: false, groupIds: new Set() },
  partner: {
    userId: newId(),
    isMember: false,
    groupIds: new Set(),
    organization: { id: organizationId, state: 'configured' },
  },
  proposed: {
    userId: newId(),
    isMember: false,
    groupIds: new Set(),
    organization: { id: newId(), state: 'proposed' },
  },
};

const of = (allowedTargetScope: NonNullable<PolicyBody['allowedTargetScope']>, ...organizations: string[]) =>
  documentOf(
    {
      displayName: 'Policy',
      allowedTargetScope,
      specificAllowedTargets: organizations.map((connectedOrganizationId) => ({
        '@odata.type': '#microsoft.graph.connectedOrganizationMembers',
        connectedOrganizationId,
      })),
    },
    newId,
  );

describe('§1.16 a policy for outsiders', () => {
  test.each([
    ['of one organization', of('specificConnectedOrganizationUsers', organizationId.toUpperCase()), ['partner']],
    [
      'of a proposed one',
      of('specificConnectedOrganizationUsers', people['proposed']?.organization?.id ?? ''),
      ['proposed'],
    ],
    ['of all configured organizations', of('allConfiguredConnectedOrganizationUsers'), ['partner']],
    ['of anywhere', of('allExternalUsers'), ['guest', 'partner', 'proposed']],
  ])('%s lets in those, and no member', (_name, document, expected) => {
    const admitted = Object.entries(people).flatMap(([name, person]) => (admits(document, person) ? [name] : []));
    expect(admitted).toEqual(expected);
    expect(isForOutsiders(document.allowedTargetScope)).toBe(true);
  });

  test('§1.17 counts by Entra’s priorities', () => {
    const scopes = [
      'specificDirectoryUsers',
      'specificConnectedOrganizationUsers',
      'allMemberUsers',
      'allDirectoryUsers',
      'allConfiguredConnectedOrganizationUsers',
      'allExternalUsers',
    ] as const;
    expect(scopes.map((allowedTargetScope) => rankOf({ allowedTargetScope }))).toEqual([1, 1, 2, 3, 4, 4]);
    expect(isForOutsiders('allDirectoryUsers')).toBe(false);
  });
});
