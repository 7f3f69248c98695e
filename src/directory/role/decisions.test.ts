import { expect, test } from 'vitest';
import { newId } from '../../kernel/ids.ts';
import { customRolesAtMost, decideCustomRole, type RoleFacts } from './decisions.ts';
import type { RoleDefinition } from './model.ts';

const role: RoleDefinition = {
  id: newId(),
  displayName: 'Application Support',
  description: '',
  isBuiltIn: false,
  isEnabled: true,
  isPrivileged: true,
  templateId: newId(),
  version: null,
  actions: ['microsoft.directory/applications/basic/update'],
};
const alone: RoleFacts = { alike: [], others: 0 };
const other = { id: newId(), displayName: 'Reader', templateId: null };

test.each([
  ['microsoft.directory/applications/create'],
  ['microsoft.directory/groups.security.assignedMembership/members/update'],
  ['microsoft.office365.serviceHealth/allEntities/allTasks'],
])('%s is a resource action', (action) => {
  expect(decideCustomRole({ ...role, actions: [action] }, alone)).toMatchObject({ is: 'accepted' });
});

test.each<[string, Partial<RoleDefinition>, Partial<RoleFacts>, string]>([
  ['allows nothing', { actions: [] }, {}, 'ResourceActionsNotValid'],
  ['allows everything', { actions: ['*'] }, {}, 'ResourceActionsNotValid'],
  ['allows what is none of Entra', { actions: ['sallyport.x/y/z'] }, {}, 'ResourceActionsNotValid'],
  ['allows half an action', { actions: ['microsoft.directory/users'] }, {}, 'ResourceActionsNotValid'],
  ['has another’s name', {}, { alike: [{ ...other, displayName: 'APPLICATION support' }] }, 'RoleDefinitionNameTaken'],
  ['passes for a built-in role', { templateId: other.id }, { alike: [other] }, 'RoleTemplateTaken'],
  ['has another’s template', {}, { alike: [{ ...other, templateId: role.templateId }] }, 'RoleTemplateTaken'],
  ['is one too many', {}, { others: customRolesAtMost }, 'RoleDefinitionLimitReached'],
])('§9.1 a custom role that %s is refused', (_name, changes, facts, code) => {
  const decided = decideCustomRole({ ...role, ...changes }, { ...alone, ...facts });
  expect(decided).toMatchObject({ is: 'refused', refusal: { code } });
});

test('the last place is taken, and a role that exists needs none', () => {
  expect(decideCustomRole(role, { alike: [], others: customRolesAtMost - 1 })).toMatchObject({ is: 'accepted' });
  expect(decideCustomRole(role, { alike: [], others: null })).toMatchObject({ is: 'accepted' });
});
