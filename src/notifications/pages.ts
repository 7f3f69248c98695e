import type { Occasion, Reader } from './occasion.ts';

/**
 * The page of the portal, such as `/requests/…`, on which a reader finds what an event is about, in the state that it has
 * then; null where no page shows it. What is a person's own is shown to them among their own, and to others where they
 * look after it.
 */
export function pageAbout(occasion: Occasion, reader: Reader): string | null {
  const { type, subject } = occasion;
  if (type.startsWith('package-approval.') || type.startsWith('assignment-request.')) return `/requests/${subject}`;
  if (type.startsWith('assignment.')) return `/packages?tab=${hasEnded(type) ? 'expired' : 'active'}`;
  if (type.startsWith('activation-approval.')) {
    return reader === occasion.data['requestorId'] ? '/roles' : decisionPage(occasion);
  }
  if (type.startsWith('user.')) return '/security';
  if (type === 'breakGlass.used') return '/admin/audit';
  if (type === 'pim.weekPassed') return '/admin/health';
  return reader === occasion.data['principalId'] ? ownPage(type) : settingsPage(occasion);
}

/** The page on which an approver decides, at either door. */
export function decisionPage({ subject }: Occasion): string {
  return `/approvals/${subject}`;
}

/** Where somebody finds a privilege of their own. */
function ownPage(type: string): string {
  if (hasEnded(type)) return '/roles?tab=expired';
  if (type.endsWith('.activation.completed') || type.startsWith('role.active.')) return '/roles?tab=active';
  // Being in a group for good is a matter of groups.
  if (/^group-(member|owner)\.active\./.test(type)) return '/groups';
  return '/roles?tab=eligible';
}

/** Where administrators look after a role or a group. */
function settingsPage({ data: { privilegeKind, privilegeId } }: Occasion): string | null {
  if (typeof privilegeKind !== 'string' || typeof privilegeId !== 'string') return null;
  return privilegeKind === 'role' ? `/admin/roles/${privilegeId}` : `/admin/pim-groups/${privilegeId}`;
}

function hasEnded(type: string): boolean {
  return type.endsWith('.expired') || type.endsWith('.removed');
}
