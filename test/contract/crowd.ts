import { type Kysely, sql } from 'kysely';

/** Whom and what the rows of a crowd are about. */
export interface Around {
  /** The instant that is now. */
  readonly now: string;
  /** A group that many are put into. */
  readonly groupId: string;
  /** Another package, and its policy, that a third of the requests and assignments are about. */
  readonly packageId: string;
  readonly policyId: string;
  /** A person who asked for much, and one who decides some of it. */
  readonly requestorId: string;
  readonly approverId: string;
}

/**
 * Fills the database of a play, in which somebody has passed both doors, with some hundred rows of each list: many alike
 * in what lists are sorted by, and many that lack it. The same rows each time.
 */
export async function crowd(db: Kysely<unknown>, around: Around): Promise<void> {
  const values = Object.entries(around).map(([name, value]) => sql`(${name}::text, ${String(value)}::text)`);
  await sql`create temporary table around as select * from (values ${sql.join(values)}) as given(name, value)`.execute(
    db,
  );
  for (const statement of statements) await sql.raw(statement).execute(db);
  await sql`drop table around`.execute(db);
}

const the = (name: keyof Around) => `(select value from around where name = '${name}')`;
const now = `${the('now')}::timestamptz`;
const idOf = (kind: string, n = 'n') => `md5('${kind}' || ${n})::uuid`;

/** Rows made after one that is there, but for what is said of them. */
function like(table: string, model: string, count: number, changes: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(changes).map(([column, value]) => `'${column}', ${value}`);
  return `insert into ${table} select made.* from (select * from ${table} where ${model} limit 1) as model,
    generate_series(1, ${count}) as n,
    lateral jsonb_populate_record(null::${table}, to_jsonb(model) || jsonb_build_object(${pairs.join(', ')})) as made`;
}

const people = 150;
const who = idOf('person', '(n % 100)');

const statements: readonly string[] = [
  `insert into directory_user (id, user_principal_name, display_name, security_identifier, given_name, surname,
      job_title, department, mail, city, employee_hire_date, created_at, deleted_at, enabled_when_deleted)
    select ${idOf('person')}, 'crowd' || n || '@sallyport.example',
      (array['Ann', 'ann', 'Åse', 'Zoë', 'bob', 'Bob ', 'O''Neil', '%_x'])[1 + n % 8] || case when n % 3 = 0 then '' else ' ' || n % 10 end,
      'S-1-12-9-' || n, case when n % 2 = 0 then 'Given ' || n % 7 end, null,
      (array[null, 'Engineer', 'engineer', 'Ärztin', ''])[1 + n % 5], case when n % 3 > 0 then 'D' || n % 3 end,
      case when n % 4 > 0 then 'crowd' || n || '@sallyport.example' end, case when n % 50 = 0 then 'Bern' end,
      case when n % 5 > 0 then '2020-01-01T00:00:00.123456Z'::timestamptz + n % 4 * interval '1 microsecond' end,
      '2021-01-01T00:00:00.5Z'::timestamptz + n % 6 * interval '1 day',
      case when n > 110 then ${now} - (1 + n % 3) * interval '1 day' end, case when n > 110 then n % 2 = 0 end
    from generate_series(0, ${people}) as n`,
  `insert into account (principal_id, enabled, valid_from)
    select id, user_principal_name like '%1@%', created_at from directory_user where user_principal_name like 'crowd%'`,
  like('directory_group', 'membership_rule is null and not is_assignable_to_role', 120, {
    id: idOf('group'),
    display_name: `'Crew ' || case when n % 2 = 0 then 'a' else 'A' end || n % 9`,
    description: `case when n % 3 > 0 then 'About ' || n % 4 end`,
    mail_nickname: `'crew' || n`,
    security_identifier: `'S-1-12-8-' || n`,
    created_at: `'2021-01-01T00:00:00Z'::timestamptz + n % 5 * interval '1 day'`,
    deleted_at: `case when n > 90 then ${now} - n % 4 * interval '1 hour' - interval '1 day' end`,
  }),
  `insert into entitlement_subject (id, subject_type, display_name, principal_name, email)
    select id, 'user', display_name, user_principal_name, mail from directory_user
    where user_principal_name like 'crowd%' and id <> all (select id from entitlement_subject)`,
  like('package_assignment', 'true', 120, {
    id: idOf('assignment'),
    target_id: `case when n % 11 = 0 then ${the('requestorId')}::uuid else ${who} end`,
    package_id: `case when n % 3 = 0 then ${the('packageId')}::uuid else model.package_id end`,
    policy_id: `case when n % 3 = 0 then ${the('policyId')}::uuid else model.policy_id end`,
    starts_at: `${now} - interval '100 days' + n % 5 * interval '1 day'`,
    ends_at: `case n % 4 when 0 then null when 1 then ${now} - interval '1 day' else ${now} + n % 3 * interval '1 day' + interval '9 days' end`,
    ended_at: `case when n % 6 = 0 then ${now} - n % 5 * interval '1 day' - interval '1 hour' end`,
    end_reason: `case when n % 6 = 0 then 'removedByTarget' end`,
  }),
  like('assignment_request', 'true', 160, {
    id: idOf('request'),
    requestor_id: `case when n % 7 = 0 then ${the('requestorId')}::uuid else ${who} end`,
    target_id: who,
    package_id: `case when n % 3 = 0 then ${the('packageId')}::uuid else model.package_id end`,
    policy_id: `case when n % 3 = 0 then ${the('policyId')}::uuid else model.policy_id end`,
    state: `(array['delivered', 'denied', 'canceled', 'pendingApproval', 'deliveryFailed'])[1 + n % 5]`,
    pending_until: `case when n % 5 = 3 then ${now} + (case when n % 2 = 0 then 1 else -1 end) * (1 + n % 3) * interval '1 day' end`,
    completed_at: `case when n % 5 <> 3 then ${now} - n % 6 * interval '1 day' end`,
    cause: `case n % 5 when 1 then (array['decision', 'time'])[1 + n % 2] when 4 then 'contentsGone' end`,
    justification: `case when n % 3 > 0 then (array['Tonight', 'tonight', ''])[n % 3 + 1] end`,
    created_at: `${now} - interval '200 days' + n % 8 * interval '1 day'`,
    assignment_id: `case when n % 5 = 0 and n <= 120 then ${idOf('assignment')} end`,
    asked_assignment_id: `case when n % 5 = 0 and n <= 120 then ${idOf('assignment')} else ${idOf('asked')} end`,
  }),
  // The two are for the same person, and about the same package.
  `update assignment_request as asked set target_id = given.target_id, package_id = given.package_id
    from package_assignment as given where given.id = asked.assignment_id`,
  `insert into approval select made.* from (select * from approval where door = 'package' limit 1) as model,
      generate_series(1, 160) as n, lateral jsonb_populate_record(null::approval, to_jsonb(model) || jsonb_build_object(
        'id', ${idOf('request')}, 'opened_at', ${now} - interval '200 days', 'decided_at', ${now} - interval '1 day')) as made
    where n % 4 = 0`,
  `insert into approval_approver (approval_id, stage, user_id, source, valid_from)
    select ${idOf('request')}, 1, ${the('approverId')}::uuid, 'primary', ${now} - interval '200 days'
    from generate_series(1, 160) as n where n % 4 = 0`,
  ...['eligible', 'active'].flatMap((mode) =>
    [`'role', 'privilege_id', model.privilege_id`, `'group-member', 'privilege_id', ${the('groupId')}::uuid`].map(
      (privilege, at) =>
        like('schedule_request', `privilege_kind = 'role'`, 100, {
          id: idOf(`${mode} ${at}`),
          mode: `'${mode}'`,
          action: `'adminAssign'`,
          privilege_kind: privilege,
          principal_id: `case when n % 9 = 0 then ${the('requestorId')}::uuid else ${who} end`,
          principal_kind: `'user'`,
          creator_id: `case when n % 10 = 0 then ${the('approverId')}::uuid else ${who} end`,
          state: `(array['granted', 'denied', 'canceled', 'timedOut'])[1 + n % 4]`,
          decide_by: `case when n % 4 = 3 then ${now} - interval '1 day' end`,
          completed_at: `${now} - n % 3 * interval '1 day'`,
          created_at: `${now} - interval '90 days' + n % 6 * interval '1 day'`,
          starts_at: `${now} + (n % 5 - 3) * interval '1 day' + interval '1 hour'`,
          justification: `case when n % 3 > 0 then 'Because ' || n % 3 end`,
          ticket_number: `case when n % 4 = 1 then 'T' || n % 3 end`,
          grant_id: 'null',
          eligibility_id: 'null',
        }),
    ),
  ),
  ...['', ' once more'].map(
    (again) => `insert into "grant" (id, principal_id, principal_kind, privilege_kind, privilege_id, mode, starts_at,
      ends_at, origin_kind, origin_id, correlation_id, given_at)
    select ${idOf(`member${again}`)}, ${idOf('person')}, 'user', 'group-member', ${the('groupId')}::uuid, 'active',
      ${now} - interval '30 days', case n % 3 when 0 then null when 1 then ${now} - interval '1 day' else ${now} + interval '9 days' end,
      'assigned', gen_random_uuid()::text, gen_random_uuid(), ${now} - interval '30 days'
    from generate_series(0, 130) as n where ${again === '' ? 'true' : 'n % 5 = 0'}`,
  ),
  `insert into event (id, at, type, result, actor_kind, actor_id, actor_name, subject, correlation_id, targets)
    select ${idOf('event')}, ${now} - interval '50 days' + n % 7 * interval '1 microsecond',
      (array['user.created', 'group.created', 'user.updated'])[1 + n % 3], 'success',
      case when n % 4 > 0 then 'user' else 'system' end, case when n % 4 > 0 then ${who} end,
      case when n % 4 = 1 then 'Åse' when n % 4 = 2 then 'ann' end, gen_random_uuid()::text, ${idOf('story', '(n % 12)')},
      jsonb_build_array(jsonb_build_object('id', ${who}::text, 'type', 'User', 'displayName', 'Somebody'))
    from generate_series(1, 200) as n`,
];
