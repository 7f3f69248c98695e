import { sql } from 'kysely';
import { casesOf } from '../../approval/index.ts';
import { userNames } from '../../directory/index.ts';
import type { EntitySet, ReadContext, Row, Sql } from '../../graph/declaration.ts';
import { composed, enumeration, guid, instant, int, text } from '../../graph/properties.ts';
import { isDecidableByOffice } from '../../privileged/index.ts';
import { approvalStates, decisions, kinds, subjectTypes } from './contract.ts';

function me({ reader }: ReadContext): Sql {
  return reader.caller.kind === 'user' ? sql`${reader.caller.id}::uuid` : sql`null::uuid`;
}

const pair = (id: string, name: string) => ({ id: guid(id), displayName: text(name) });

/** SQL: whether a case has a status; only what is open can be pending, and that is found by an index. */
function hasStatus(row: Row, status: string, context: ReadContext): Sql {
  const isPending = sql`(${row('is_asked')} and ${isDecidableByOffice(row('id'), context)})`;
  return status === 'pending' ? sql`(${row('is_open')} and ${isPending})` : sql`not ${isPending}`;
}

/** Everything that the caller can or could decide, at both doors: `/sallyport/approvals`. */
export const approvals: EntitySet = {
  name: 'approvals',
  says: 'what the caller can or could decide, at both doors',
  type: 'sallyport.approval',
  from: (
    context,
  ) => sql`(select one.*, one.about ->> 'id' as about_id, coalesce(one.about ->> 'displayName', '') as about_name,
      one.about ->> 'type' as about_type, coalesce(requestor.display_name, '') as requestor_name,
      coalesce(target.display_name, '') as target_name
    from ${casesOf(me(context), context)} as one
    left join ${userNames} as requestor on requestor.id = one.requestor_id
    left join ${userNames} as target on target.id = one.subject_id)`,
  properties: {
    id: guid('id'),
    kind: enumeration(
      kinds,
      (row) => sql`case ${row('door')} when 'package' then 'accessPackage' else 'activation' end`,
    ),
    status: enumeration(
      ['pending', 'past'],
      (row, context) => sql`case when ${row('is_asked')} and ${isDecidableByOffice(row('id'), context)} then 'pending'
        else 'past' end`,
      { equals: hasStatus },
    ),
    state: enumeration(approvalStates, 'state'),
    displayName: text('about_name'),
    requestorName: text('requestor_name'),
    what: composed({
      ...pair('about_id', 'about_name'),
      type: enumeration(
        subjectTypes,
        (row) => sql`case ${row('about_type')} when 'AccessPackage' then 'accessPackage' when 'Role' then 'role'
          else 'group' end`,
      ),
    }),
    requestor: composed(pair('requestor_id', 'requestor_name')),
    target: composed(pair('subject_id', 'target_name')),
    stage: int('stage'),
    stages: int('stages'),
    createdDateTime: instant('opened_at'),
    openedDateTime: instant('stage_opened_at'),
    deadline: instant('deadline'),
    endedDateTime: instant('ended_at'),
    ownDecision: composed(
      {
        stage: int('vote_stage'),
        decision: enumeration(decisions, 'vote_decision'),
        decidedDateTime: instant('voted_at'),
      },
      { present: (row) => sql`${row('vote_stage')} is not null` },
    ),
  },
  listable: ({ reader }) => reader.caller.kind === 'user',
  visible: () => sql`true`,
  searchable: ['displayName', 'requestorName'],
  order: 'createdDateTime desc',
  notFound: 'ApprovalNotFound',
};
