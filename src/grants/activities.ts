import type { Activities, Activity } from '../kernel/event.ts';
import type { Grant, Mode, PrivilegeKind } from './model.ts';

/**
 * What can happen to a grant; `expired` is the announcement that a planned end has passed, `leaving` that an early end
 * lies ahead, `staying` that it does no longer.
 */
export type GrantHappening = 'given' | 'ended' | 'expired' | 'extended' | 'shortened' | 'leaving' | 'staying';

/** The event type of something that happened to a grant: `role.eligible.given`. */
export function grantEvent(grant: Pick<Grant, 'privilege' | 'mode'>, happening: GrantHappening): string {
  return `${grant.privilege.kind}.${grant.mode}.${happening}`;
}

const nouns: Record<Exclude<PrivilegeKind, 'entitlement-role'>, { noun: string; of: string; category: string }> = {
  role: { noun: 'member', of: 'role', category: 'RoleManagement' },
  'group-member': { noun: 'member', of: 'group', category: 'GroupManagement' },
  'group-owner': { noun: 'owner', of: 'group', category: 'GroupManagement' },
};

function activity(kind: PrivilegeKind, mode: Mode, happening: GrantHappening): Activity {
  if (kind === 'entitlement-role') return roleOfEntitlements(happening);
  const { noun, of, category } = nouns[kind];
  const what = mode === 'eligible' ? `eligible ${noun}` : noun;
  const service = mode === 'eligible' ? 'PIM' : 'Core Directory';
  switch (happening) {
    case 'given':
      return { name: `Add ${what} to ${of}`, category, service, operation: 'Assign' };
    case 'ended':
      return { name: `Remove ${what} from ${of}`, category, service, operation: 'Unassign' };
    case 'expired':
      return { name: `Remove ${what} from ${of} (expired)`, category, service: 'PIM', operation: 'Unassign' };
    case 'shortened':
      return { name: `Shorten ${what} of ${of}`, category, service: 'PIM', operation: 'Update' };
    case 'extended':
      return { name: `Extend ${what} of ${of}`, category, service: 'PIM', operation: 'Update' };
    case 'leaving':
      return { name: `Plan removal of ${what} from ${of}`, category, service, operation: 'Update' };
    case 'staying':
      return { name: `Cancel planned removal of ${what} from ${of}`, category, service, operation: 'Update' };
  }
}

function own(name: string, category: string, operation: Activity['operation']): Activity {
  return { name, category, service: 'Sallyport', operation };
}

/** Roles of entitlement management are never eligible. Names of the first two as in Entra's audit log. */
function roleOfEntitlements(happening: GrantHappening): Activity {
  const entra = { category: 'EntitlementManagement', service: 'Entitlement Management' } as const;
  switch (happening) {
    case 'given':
      return { ...entra, name: 'Add Entitlement Management role assignment', operation: 'Assign' };
    case 'ended':
      return { ...entra, name: 'Remove Entitlement Management role assignment', operation: 'Unassign' };
    case 'expired':
      return { ...entra, name: 'Remove Entitlement Management role assignment (expired)', operation: 'Unassign' };
    case 'shortened':
      return { ...entra, name: 'Shorten Entitlement Management role assignment', operation: 'Update' };
    case 'extended':
      return { ...entra, name: 'Extend Entitlement Management role assignment', operation: 'Update' };
    case 'leaving':
      return { ...entra, name: 'Plan removal of Entitlement Management role assignment', operation: 'Update' };
    case 'staying':
      return {
        ...entra,
        name: 'Cancel planned removal of Entitlement Management role assignment',
        operation: 'Update',
      };
  }
}

const kinds = ['role', 'group-member', 'group-owner', 'entitlement-role'] as const;
const modes = ['eligible', 'active'] as const;
const happenings = ['given', 'ended', 'expired', 'extended', 'shortened', 'leaving', 'staying'] as const;

/** Event types of the ledger, as the audit log shows them. */
export const grantActivities: Activities = {
  ...Object.fromEntries(
    kinds.flatMap((kind) =>
      (kind === 'entitlement-role' ? (['active'] as const) : modes).flatMap((mode) =>
        happenings.map((happening) => [`${kind}.${mode}.${happening}`, activity(kind, mode, happening)]),
      ),
    ),
  ),
  'linked-accounts.created': own('Link accounts of one person', 'UserManagement', 'Add'),
  'linked-accounts.updated': own('Update linked accounts of a person', 'UserManagement', 'Update'),
  'linked-accounts.deleted': own('Unlink accounts of one person', 'UserManagement', 'Delete'),
  'breakGlass.used': own('Break-glass account granted to itself', 'RoleManagement', 'Assign'),
  'selfGrant.allowed': own('Account granted to itself as Entra allows', 'RoleManagement', 'Assign'),
  // Reads leave events only where they are refused.
  'access.read': { name: 'Read effective access', category: 'Other', service: 'Sallyport', operation: 'Read' },
};
