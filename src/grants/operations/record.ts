import type { Tx } from '../../platform/transaction.ts';
import { type GrantHappening, grantEvent } from '../activities.ts';
import type { Grant } from '../model.ts';

/** Records what happens to a grant, in the words of its privilege and mode. */
export async function recordGrant(
  tx: Tx,
  grant: Grant,
  happening: GrantHappening,
  data: Record<string, unknown>,
): Promise<void> {
  await tx.record({
    type: grantEvent(grant, happening),
    subject: grant.id,
    correlation: grant.correlation,
    targets: [
      { id: grant.principal.id, type: targetTypes[grant.principal.kind] },
      { id: grant.privilege.id, type: privilegeTypes[grant.privilege.kind] },
    ],
    data: {
      principalKind: grant.principal.kind,
      principalId: grant.principal.id,
      privilegeKind: grant.privilege.kind,
      privilegeId: grant.privilege.id,
      scope: grant.privilege.scope,
      mode: grant.mode,
      origin: grant.origin,
      startsAt: grant.startsAt.toString(),
      endsAt: grant.endsAt?.toString() ?? null,
      ...data,
    },
  });
}

const targetTypes = { user: 'User', group: 'Group', app: 'ServicePrincipal' } as const;

const privilegeTypes = {
  role: 'Role',
  'group-member': 'Group',
  'group-owner': 'Group',
  'entitlement-role': 'EntitlementManagementRole',
} as const;
