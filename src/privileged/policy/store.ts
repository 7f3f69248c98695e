import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PrivilegeKind } from '../../grants/index.ts';
import { type Id, newId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { defaultRules } from './defaults.ts';
import type { NotificationRule, Rule, RuleId, Rules } from './rule.ts';

/** The policy of a role, or of membership or ownership of a group. */
export interface Policy {
  /** Its identity here; the last part of its id on the wire is `publicId`, which onboarding changes. */
  readonly id: Id;
  readonly publicId: Id;
  readonly kind: PrivilegeKind;
  readonly privilegeId: Id;
  readonly onboardedAt: Instant | null;
}

interface PolicyRow {
  id: Id;
  privilege_kind: PrivilegeKind;
  privilege_id: Id;
  public_id: Id;
  onboarded_at: Instant | null;
  modified_at: Instant | null;
  modified_by_id: Id | null;
  modified_by_name: string | null;
}

interface PolicyTables {
  role_management_policy: PolicyRow;
  role_management_rule: { policy_id: Id; rule_id: string; rule: Rule; valid_from: Instant; valid_to: Instant | null };
}

/** SQL: the public id that a policy has before its group is onboarded. */
function firstPublicId(kind: RawBuilder<unknown>, privilegeId: RawBuilder<unknown>): RawBuilder<Id> {
  return sql`md5('public:' || ${kind} || ':' || ${privilegeId})::uuid`;
}

/** Makes policies for roles and groups that have none yet. The same ones get the same ids in every database. */
export async function insertPolicies(tx: Tx, kind: PrivilegeKind, privilegeIds: readonly Id[]): Promise<void> {
  const onboardedAt = kind === 'role' ? tx.now : null;
  await sql`insert into role_management_policy (id, privilege_kind, privilege_id, public_id, onboarded_at)
    select md5('policy:' || ${kind}::text || ':' || privilege.id)::uuid, ${kind}::text, privilege.id::uuid,
      ${firstPublicId(sql`${kind}::text`, sql`privilege.id`)}, ${onboardedAt}::timestamptz
    from unnest(${[...privilegeIds]}::text[]) as privilege(id)
    on conflict (privilege_kind, privilege_id) do nothing`.execute(tx.db<unknown>());
}

/** The policy of a privilege; null if it has none yet. */
export async function loadPolicyOf(tx: Tx, kind: PrivilegeKind, privilegeId: Id): Promise<Policy | null> {
  const row = await tx
    .db<PolicyTables>()
    .selectFrom('role_management_policy')
    .selectAll()
    .where('privilege_kind', '=', kind)
    .where('privilege_id', '=', privilegeId)
    .executeTakeFirst();
  return row === undefined ? null : policyOf(row);
}

/**
 * The policy with this last part of its id, or that had it before its group was onboarded: a script that changes
 * several rules onboards the group with the first of them.
 */
export async function loadPolicy(tx: Tx, publicId: Id): Promise<Policy | null> {
  const first = firstPublicId(sql`privilege_kind`, sql`privilege_id`);
  const row = await tx
    .db<PolicyTables>()
    .selectFrom('role_management_policy')
    .selectAll()
    .where((is) => is.or([is('public_id', '=', publicId), is(first, '=', publicId)]))
    .executeTakeFirst();
  return row === undefined ? null : policyOf(row);
}

function policyOf(row: PolicyRow): Policy {
  return {
    id: row.id,
    publicId: row.public_id,
    kind: row.privilege_kind,
    privilegeId: row.privilege_id,
    onboardedAt: row.onboarded_at,
  };
}

/** Marks both policies of a group as managed from now on; both get a new public id. */
export async function markOnboarded(tx: Tx, groupId: Id): Promise<void> {
  for (const kind of ['group-member', 'group-owner'] as const) {
    await tx
      .db<PolicyTables>()
      .updateTable('role_management_policy')
      .set({ onboarded_at: tx.now, public_id: newId() })
      .where('privilege_kind', '=', kind)
      .where('privilege_id', '=', groupId)
      .where('onboarded_at', 'is', null)
      .execute();
  }
}

/** The 17 rules of a policy in force at an instant. */
export async function loadRules(tx: Tx, policyId: Id, at: Instant): Promise<Rules> {
  const rows = await tx
    .db<PolicyTables>()
    .selectFrom('role_management_rule')
    .select(['rule_id', 'rule'])
    .where('policy_id', '=', policyId)
    .where('valid_from', '<=', at)
    .where((is) => is.or([is('valid_to', 'is', null), is('valid_to', '>', at)]))
    .execute();
  return { ...defaultRules, ...Object.fromEntries(rows.map((row) => [row.rule_id, row.rule])) };
}

/** Those of some groups that PIM manages. */
export async function loadOnboarded(tx: Tx, groupIds: readonly Id[]): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select privilege_id as id from role_management_policy
    where privilege_id = any(${[...groupIds]}::uuid[]) and privilege_kind = 'group-member' and onboarded_at is not null
    order by privilege_id`.execute(tx.db<unknown>());
  return rows.map(({ id }) => id);
}

/** Which policy is meant: a role's, or that of membership or ownership of a group. */
export type PolicyOf = Pick<Policy, 'kind' | 'privilegeId'>;

/** The rules of several policies that are in force at an instant, in one look. Gives what `loadRules` gives for each. */
export async function loadRulesOf(tx: Tx, of: readonly PolicyOf[], at: Instant): Promise<(one: PolicyOf) => Rules> {
  const { rows } = await sql<{ kind: PrivilegeKind; privilegeId: Id; rules: Partial<Rules> }>`
    select policy.privilege_kind as kind, policy.privilege_id as "privilegeId",
      jsonb_object_agg(changed.rule_id, changed.rule) as rules
    from unnest(${of.map(({ kind }) => kind)}::text[], ${of.map(({ privilegeId }) => privilegeId)}::uuid[])
      as wanted(kind, id)
    join role_management_policy as policy on policy.privilege_kind = wanted.kind and policy.privilege_id = wanted.id
    join role_management_rule as changed on changed.policy_id = policy.id and changed.valid_from <= ${at}::timestamptz
      and coalesce(changed.valid_to > ${at}::timestamptz, true)
    group by policy.privilege_kind, policy.privilege_id`.execute(tx.db<unknown>());
  const changed = new Map(rows.map(({ kind, privilegeId, rules }) => [`${kind} ${privilegeId}`, rules]));
  return ({ kind, privilegeId }) => ({ ...defaultRules, ...changed.get(`${kind} ${privilegeId}`) });
}

/** A rule on notifications of a privilege's policy, in force at an instant. */
export async function loadNotificationRule(
  db: Kysely<unknown>,
  of: { readonly kind: PrivilegeKind; readonly privilegeId: Id; readonly ruleId: RuleId },
  at: Instant,
): Promise<NotificationRule> {
  const { rows } = await sql<{ rule: Rule }>`select changed.rule from role_management_rule as changed
    join role_management_policy as policy on policy.id = changed.policy_id
    where policy.privilege_kind = ${of.kind} and policy.privilege_id = ${of.privilegeId}
      and changed.rule_id = ${of.ruleId} and changed.valid_from <= ${at}::timestamptz
      and coalesce(changed.valid_to > ${at}::timestamptz, true)`.execute(db);
  return (rows[0]?.rule ?? defaultRules[of.ruleId]) as NotificationRule;
}

/** Whether a rule that is in force demands an authentication context. */
export async function isContextDemanded(tx: Tx, claimValue: string): Promise<boolean> {
  const { rows } = await sql`select 1 from role_management_rule as changed
    where changed.rule_id = 'AuthenticationContext_EndUser_Assignment' and changed.valid_to is null
      and changed.rule ->> 'claimValue' = ${claimValue} and (changed.rule ->> 'isEnabled')::boolean
    limit 1`.execute(tx.db<unknown>());
  return rows.length > 0;
}

/** Whether PIM manages one of these groups, or its members approve activations. */
export async function isGuardedByPim(tx: Tx, groupIds: readonly Id[]): Promise<boolean> {
  const ids = [...groupIds];
  const { rows } = await sql`
    select 1 from role_management_policy where privilege_id = any(${ids}::uuid[]) and onboarded_at is not null
    union all
    select 1 from role_management_rule as rule
    where rule.rule_id = 'Approval_EndUser_Assignment' and rule.valid_to is null
      and (rule.rule #>> '{setting,isApprovalRequired}')::boolean
      and exists (select 1 from jsonb_path_query(rule.rule, '$.setting.approvalStages[*].*.groupId') as named
        where named #>> '{}' = any(${ids}::text[]))
    limit 1`.execute(tx.db<unknown>());
  return rows.length > 0;
}

/** Puts a rule in force from now on, closing the window of the one before. */
export async function saveRule(tx: Tx, policyId: Id, rule: Rule): Promise<void> {
  const db = tx.db<PolicyTables>();
  await db
    .updateTable('role_management_rule')
    .set({ valid_to: tx.now })
    .where('policy_id', '=', policyId)
    .where('rule_id', '=', rule.id)
    .where('valid_to', 'is', null)
    .execute();
  // A second change at the same instant replaces the first: a window of no length holds nothing.
  await sql`insert into role_management_rule (policy_id, rule_id, rule, valid_from, valid_to)
    values (${policyId}, ${rule.id}, ${JSON.stringify(rule)}::jsonb, ${tx.now}, null)
    on conflict (policy_id, rule_id, valid_from) do update set rule = excluded.rule, valid_to = null`.execute(db);
}

/** Notes who changed a policy last. */
export async function markModified(tx: Tx, policyId: Id): Promise<void> {
  const { caller } = tx;
  await tx
    .db<PolicyTables>()
    .updateTable('role_management_policy')
    .set({
      modified_at: tx.now,
      modified_by_id: caller.kind === 'system' ? null : caller.id,
      modified_by_name: caller.kind === 'system' ? 'Sallyport' : caller.displayName,
    })
    .where('id', '=', policyId)
    .execute();
}
