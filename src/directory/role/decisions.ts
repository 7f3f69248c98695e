import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { RoleDefinition } from './model.ts';

/** Custom roles of a tenant. Entra: "service limits and restrictions". */
export const customRolesAtMost = 100;

// microsoft.<namespace>/<entity>[/<property set>]/<action>, as in microsoft.directory/applications/basic/update.
const action = /^microsoft(\.[A-Za-z][A-Za-z0-9]*)+(\/[A-Za-z][A-Za-z0-9.]*){2,4}$/;

/** What is known when a custom role is made or changed. */
export interface RoleFacts {
  /** Live roles with the same name, letter case aside, or with the id or template that is asked for; not the role itself. */
  readonly alike: readonly Pick<RoleDefinition, 'id' | 'displayName' | 'templateId'>[];
  /** Custom roles that there are; null when the role exists already. */
  readonly others: number | null;
}

/**
 * Whether a custom role may stand as it is to be. Refuses with `ResourceActionsNotValid` (400) what allows nothing or
 * names what is no resource action, with `RoleDefinitionNameTaken` and `RoleTemplateTaken` (409) what would pass for
 * another role, and with `RoleDefinitionLimitReached` (400) beyond 100.
 */
export function decideCustomRole(role: RoleDefinition, { alike, others }: RoleFacts): Outcome<RoleDefinition> {
  const unknown = role.actions.find((one) => !action.test(one));
  if (unknown !== undefined || role.actions.length === 0) {
    return refuse(
      'invalid',
      'ResourceActionsNotValid',
      unknown === undefined
        ? 'Say what the role may do: allowedResourceActions holds at least one action.'
        : `'${unknown}' is no resource action. They look like microsoft.directory/applications/basic/update.`,
      'rolePermissions',
    );
  }
  if (alike.some((one) => sameName(one.displayName, role.displayName))) {
    return refuse(
      'conflict',
      'RoleDefinitionNameTaken',
      `There is a role '${role.displayName}' already. Two roles of one name would be taken for each other.`,
      'displayName',
    );
  }
  if (alike.some((one) => isTemplateOf(role.templateId, one))) {
    return refuse(
      'conflict',
      'RoleTemplateTaken',
      'Another role has this template. Applications that know roles by their template would take one for the other.',
      'templateId',
    );
  }
  if (others !== null && others >= customRolesAtMost) {
    return refuse('invalid', 'RoleDefinitionLimitReached', `A tenant has at most ${customRolesAtMost} custom roles.`);
  }
  return accept(role);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function isTemplateOf(templateId: Id | null, { id, templateId: other }: RoleFacts['alike'][number]): boolean {
  return templateId !== null && (templateId === id || templateId === other);
}
