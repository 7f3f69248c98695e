import { type Kysely, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { PolicyDocument } from './document.ts';
import type { AssignmentPolicy } from './model.ts';

interface PolicyRow {
  id: Id;
  package_id: Id;
  document: PolicyDocument;
  allows_same_approver: boolean;
  author_id: Id | null;
  created_at: Instant;
  valid_from: Instant;
  valid_to: Instant | null;
}

/** The table of policies. */
export interface PolicyTables {
  assignment_policy: PolicyRow;
}

type Db = Kysely<PolicyTables>;

/** Writes the version of a policy that is in force from its modification on. */
export async function savePolicy(db: Db, policy: AssignmentPolicy): Promise<void> {
  await closePolicy(db, policy.id, policy.modifiedAt);
  const document = JSON.stringify(policy.document) as never;
  await db
    .insertInto('assignment_policy')
    .values({
      id: policy.id,
      package_id: policy.packageId,
      document,
      allows_same_approver: policy.allowsSameApproverInSeveralStages,
      author_id: policy.authorId,
      created_at: policy.createdAt,
      valid_from: policy.modifiedAt,
      valid_to: null,
    })
    // Changed twice at the same instant: a clock may stand still.
    .onConflict((again) =>
      again.columns(['id', 'valid_from']).doUpdateSet({
        document,
        allows_same_approver: policy.allowsSameApproverInSeveralStages,
        author_id: policy.authorId,
        valid_to: null,
      }),
    )
    .execute();
}

/** Ends a policy. */
export async function closePolicy(db: Db, id: Id, at: Instant): Promise<void> {
  await db
    .updateTable('assignment_policy')
    .set({ valid_to: at })
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .execute();
}

/** A policy that has not been deleted. */
export async function loadPolicy(db: Db, id: Id): Promise<AssignmentPolicy | null> {
  const row = await db
    .selectFrom('assignment_policy')
    .selectAll()
    .where('id', '=', id)
    .where('valid_to', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : policyOf(row);
}

/** The policies of a package, the oldest first. */
export async function loadPolicies(db: Db, packageId: Id): Promise<AssignmentPolicy[]> {
  const rows = await db
    .selectFrom('assignment_policy')
    .selectAll()
    .where('package_id', '=', packageId)
    .where('valid_to', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(policyOf);
}

/** How many policies there are that have not been deleted, of a package if one is given. */
export async function countPolicies(db: Db, packageId?: Id): Promise<number> {
  let select = db
    .selectFrom('assignment_policy')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('valid_to', 'is', null);
  if (packageId !== undefined) select = select.where('package_id', '=', packageId);
  return Number((await select.executeTakeFirstOrThrow()).count);
}

/** All policies that have not been deleted. */
export async function loadAllPolicies(db: Db): Promise<AssignmentPolicy[]> {
  const rows = await db
    .selectFrom('assignment_policy')
    .selectAll()
    .where('valid_to', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(policyOf);
}

/** The policies that assign packages by themselves. */
export async function loadAutomaticPolicies(db: Db): Promise<AssignmentPolicy[]> {
  const rows = await db
    .selectFrom('assignment_policy')
    .selectAll()
    .where('valid_to', 'is', null)
    .where(sql<boolean>`document -> 'automaticRequestSettings' ->> 'requestAccessForAllowedTargets' = 'true'`)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(policyOf);
}

function policyOf(row: PolicyRow): AssignmentPolicy {
  return {
    id: row.id,
    packageId: row.package_id,
    document: row.document,
    allowsSameApproverInSeveralStages: row.allows_same_approver,
    createdAt: row.created_at,
    modifiedAt: row.valid_from,
    authorId: row.author_id,
  };
}

/** Whether a policy switches off the mails on assignments (`notificationSettings`). */
export async function isSilent(db: Kysely<unknown>, policyId: Id): Promise<boolean> {
  const policy = await loadPolicy(db as unknown as Db, policyId);
  return policy?.document.notificationSettings.isAssignmentNotificationDisabled ?? false;
}
