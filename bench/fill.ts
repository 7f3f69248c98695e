import pg from 'pg';

/** Fills a database of a rehearsal with rows of each list, all alike but for names and instants. */
export async function fill(url: string, rows: number): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement, [rows]);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** All people that were made have it. */
function held(kind: string, mode: string, privilege: string): string {
  return `insert into "grant" (id, principal_id, principal_kind, privilege_kind, privilege_id, mode, starts_at,
      origin_kind, origin_id, correlation_id, given_at)
    select gen_random_uuid(), id, 'user', '${kind}', ${privilege}, '${mode}', created_at, 'assigned',
      gen_random_uuid()::text, gen_random_uuid(), created_at
    from directory_user where user_principal_name like 'bench%' limit $1`;
}

/** The people that were made, each with a number. */
const everybody = `(select id, row_number() over (order by display_name) as n from directory_user
  where user_principal_name like 'bench%' limit $1) as who`;

const statements: readonly string[] = [
  `with made as (
    insert into directory_user (id, user_principal_name, display_name, security_identifier, created_at)
    select gen_random_uuid(), 'bench' || n || '@sallyport.example', 'Bench ' || lpad(n::text, 6, '0'),
      'S-1-12-1-' || n, '2026-01-01T00:00:00Z'
    from generate_series(1, $1::int) as n returning id
  ) insert into account (principal_id, enabled, valid_from) select id, true, '2026-01-01T00:00:00Z' from made`,
  `insert into directory_group select made.*
    from (select * from directory_group where membership_rule is null limit 1) as model,
      generate_series(1, $1::int) as n, lateral jsonb_populate_record(null::directory_group, to_jsonb(model) ||
      jsonb_build_object('id', gen_random_uuid(), 'display_name', 'Bench ' || lpad(n::text, 6, '0'),
        'mail_nickname', 'bench' || n, 'security_identifier', 'S-1-12-2-' || n)) as made`,
  `insert into entitlement_subject (id, subject_type, display_name, principal_name)
    select id, 'user', display_name, user_principal_name from directory_user
    where user_principal_name like 'bench%' limit $1`,
  `insert into assignment_request select made.*
    from (select * from assignment_request limit 1) as model, ${everybody},
      lateral jsonb_populate_record(null::assignment_request, to_jsonb(model) ||
      jsonb_build_object('id', gen_random_uuid(), 'asked_assignment_id', gen_random_uuid(), 'assignment_id', null,
        'requestor_id', who.id, 'target_id', who.id,
        'state', 'canceled', 'pending_until', null, 'completed_at', model.created_at,
        'created_at', model.created_at - who.n * interval '1 second')) as made`,
  `insert into package_assignment select made.*
    from (select * from package_assignment limit 1) as model, ${everybody},
      lateral jsonb_populate_record(null::package_assignment, to_jsonb(model) ||
      jsonb_build_object('id', gen_random_uuid(), 'target_id', who.id, 'ended_at', null, 'end_reason', null,
        'starts_at', model.starts_at - who.n * interval '1 second')) as made`,
  `insert into approval select made.*
    from (select * from approval limit 1) as model,
      generate_series(1, $1::int) as n, lateral jsonb_populate_record(null::approval, to_jsonb(model) ||
      jsonb_build_object('id', gen_random_uuid(), 'opened_at', model.opened_at - n * interval '1 second',
        'withdrawn_at', model.opened_at, 'decided_at', null)) as made`,
  `insert into approval_approver (approval_id, stage, user_id, source, valid_from)
    select approval.id, 1, model.user_id, 'primary', approval.opened_at
    from (select user_id from approval_approver where stage = 1 limit 1) as model, approval
    where approval.withdrawn_at is not null limit $1`,
  held('group-member', 'active', `(select id from directory_group where display_name = 'Bench 000001')`),
  held('group-member', 'eligible', `(select id from directory_group where display_name = 'Bench 000002')`),
  held('role', 'eligible', `(select id from role_definition where display_name = 'Reports Reader')`),
  `insert into schedule_request select made.*
    from (select * from schedule_request where state = 'granted' and privilege_kind = 'role' limit 1) as model,
      generate_series(1, $1::int) as n, lateral jsonb_populate_record(null::schedule_request, to_jsonb(model) ||
      jsonb_build_object('id', gen_random_uuid(), 'grant_id', null,
        'created_at', model.created_at - n * interval '1 second')) as made`,
  `insert into event (id, at, type, result, actor_kind, subject, correlation_id)
    select gen_random_uuid(), '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second',
      case n % 4 when 0 then 'user.created' when 1 then 'group.created' else 'user.updated' end,
      'success', 'system', gen_random_uuid()::text, gen_random_uuid()
    from generate_series(1, $1::int) as n`,
];
