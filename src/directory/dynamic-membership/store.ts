import { type RawBuilder, sql } from 'kysely';
import { accountUsableAt, holdersAt } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Tx } from '../../platform/transaction.ts';
import { type MembershipRule, membershipRuleSql, type UserFacts } from '../membership-rule/index.ts';

const texts = {
  city: 'city',
  country: 'country',
  companyName: 'company_name',
  department: 'department',
  displayName: 'display_name',
  employeeId: 'employee_id',
  faxNumber: 'fax_number',
  givenName: 'given_name',
  jobTitle: 'job_title',
  mail: 'mail',
  mailNickname: 'mail_nickname',
  mobilePhone: 'mobile_phone',
  officeLocation: 'office_location',
  onPremisesDistinguishedName: 'on_premises_distinguished_name',
  onPremisesSecurityIdentifier: 'on_premises_security_identifier',
  passwordPolicies: 'password_policies',
  postalCode: 'postal_code',
  preferredLanguage: 'preferred_language',
  state: 'state',
  streetAddress: 'street_address',
  surname: 'surname',
  usageLocation: 'usage_location',
  userPrincipalName: 'user_principal_name',
  userType: 'user_type',
} as const;

/** SQL of every fact that a rule may ask about a user: a table expression, one row a user who is not deleted. */
export function factsAt(at: Instant): RawBuilder<UserFacts> {
  const columns = Object.entries(texts).map(([fact, column]) => sql`${sql.ref(`person.${column}`)} as ${sql.id(fact)}`);
  return sql<UserFacts>`(select person.id, ${sql.join(columns)},
      ${accountUsableAt(sql`person.id`, at)} as "accountEnabled",
      person.on_premises_sync_enabled as "onPremisesSyncEnabled",
      person.employee_hire_date as "employeeHireDate",
      person.business_phones[1] as "telephoneNumber",
      person.im_addresses[1] as "sipProxyAddress",
      person.other_mails as "otherMails",
      person.proxy_addresses as "proxyAddresses",
      person.extension_attributes as extensions,
      '[]'::jsonb as "assignedPlans",
      (select boss.id from user_manager as history join directory_user as boss on boss.id = history.manager_id
        where history.user_id = person.id and history.valid_to is null and boss.deleted_at is null) as "managerId",
      array(select place.privilege_id from ${holdersAt('group-member', 'active', at)} as place
        where place.principal_id = person.id)::text[] as "memberOfGroupIds"
    from directory_user as person where person.deleted_at is null)`;
}

/** The facts about one user; null if it is deleted or not there. */
export async function loadFacts(tx: Tx, userId: Id): Promise<UserFacts | null> {
  const { rows } = await sql<UserFacts>`select * from ${factsAt(tx.now)} as facts where facts.id = ${userId}`.execute(
    tx.db<unknown>(),
  );
  return rows[0] ?? null;
}

/** The users that a rule takes in now. */
export async function loadTakenIn(tx: Tx, rule: MembershipRule): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`select facts.id from ${factsAt(tx.now)} as facts
    where ${membershipRuleSql(rule, column, tx.now)} order by facts.id`.execute(tx.db<unknown>());
  return rows.map((row) => row.id);
}

/** How many users a rule takes in now, and the first of them by name. */
export async function loadTakenInFirst(
  tx: Tx,
  rule: MembershipRule,
  atMost: number,
): Promise<{ readonly count: number; readonly first: readonly UserFacts[] }> {
  const test = membershipRuleSql(rule, column, tx.now);
  const db = tx.db<unknown>();
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from ${factsAt(tx.now)} as facts where ${test}`.execute(db);
  const { rows } = await sql<UserFacts>`select * from ${factsAt(tx.now)} as facts where ${test}
    order by facts."displayName", facts.id limit ${atMost}`.execute(db);
  return { count: counted.rows[0]?.count ?? 0, first: rows };
}

/** The facts about some users, by name; those that are deleted or not there are left out. */
export async function loadFactsOf(tx: Tx, userIds: readonly Id[]): Promise<readonly UserFacts[]> {
  const { rows } = await sql<UserFacts>`select * from ${factsAt(tx.now)} as facts
    where facts.id = any(${[...userIds]}::uuid[]) order by facts."displayName", facts.id`.execute(tx.db<unknown>());
  return rows;
}

const arrays: ReadonlySet<string> = new Set(['otherMails', 'proxyAddresses', 'memberOfGroupIds']);

function column(fact: string): RawBuilder<unknown> {
  if (arrays.has(fact)) return sql`to_jsonb(${sql.ref(`facts.${fact}`)})`;
  // Directory extensions have the tenant's own names and are kept beside `extensionAttribute1` to `15`.
  return fact.startsWith('extension') ? sql`(facts.extensions ->> ${fact}::text)` : sql.ref(`facts.${fact}`);
}

/** When people were or will be hired, as far as it is known. */
export async function loadHireDates(tx: Tx): Promise<Instant[]> {
  const { rows } = await sql<{ at: Instant }>`select distinct employee_hire_date as at from directory_user
    where deleted_at is null and employee_hire_date is not null`.execute(tx.db<unknown>());
  return rows.map((row) => row.at);
}
