import type { Audience } from './audiences.ts';
import type { Occasion } from './occasion.ts';
import { decisionPage } from './pages.ts';
import { aboutOf, type MailRule, moment, type Names, text, told } from './rule.ts';

const wanted = ['target', 'requestor'] as const;

function stageOf({ data }: Occasion): string {
  return `${data['stage']} of ${data['stages']}`;
}

/** Why a fallback approver is asked all at once: those before them have gone while the request waited. */
function cameToFallback({ type, data }: Occasion): string {
  const isSo = type.endsWith('.approversChanged') && data['approverSource'] === 'fallback';
  if (!isSo || data['previousSource'] === 'fallback') return '';
  return 'None of those who were asked before can decide it any more. It has come to you in their stead.';
}

/** What somebody who is to decide has to know. Entra: requestor, organisation, reason, times, and where to decide. */
function decisionWanted(
  to: Audience,
  opening: (who: string, about: string) => string,
  lead: (who: string, about: string, until: string) => string,
): MailRule {
  return {
    to: [to],
    wantsAction: true,
    message: (occasion: Occasion, names: Names) => {
      const { data } = occasion;
      const who = names.person(data['requestorId']);
      return {
        subject: opening(who, aboutOf(occasion)),
        lead: lead(who, aboutOf(occasion), moment(data['deadline'])),
        facts: [
          ['Requestor', who],
          ['For', names.person(data['subjectId'])],
          ['Asks for', aboutOf(occasion)],
          ['Stage', stageOf(occasion)],
          ['Asked because', cameToFallback(occasion)],
          ['Justification', text(data['justification'])] as const,
          ['Decide by', moment(data['deadline'])] as const,
        ].filter(([, value]) => value !== '') as (readonly [string, string])[],
        action: { label: 'See the request', url: names.link(decisionPage(occasion)) },
      };
    },
  };
}

const asks = (who: string, about: string) => `Action required: ${who} asks for ${about}`;
const decideBy = (who: string, about: string, until: string) =>
  `${who} asks for ${about}. Approve or deny by ${until}.`;

/** Why an assignment ended early, in words. */
const ended: Readonly<Record<string, string>> = {
  removedByTarget: 'You gave it up.',
  removedByAdministrator: 'An administrator took it away.',
  removedByApprover: 'An approver took their approval back.',
  policyDeleted: 'Its policy was deleted.',
  contentsGone: 'All that it gave is gone.',
};

const isLastStage = ({ data }: Occasion) => data['stage'] === data['stages'];

/** The mails of entitlement management. Entra: "Request process and notifications". */
export const packageMails: Readonly<Record<string, MailRule>> = {
  'package-approval.stageOpened': decisionWanted('approvers', asks, decideBy),
  'package-approval.approversChanged': decisionWanted('added', asks, decideBy),
  'package-approval.reminded': decisionWanted(
    'reminded',
    (who, about) => `Reminder: ${who} still waits for a decision on ${about}`,
    (who, about, until) => `${who} still waits for a decision on ${about}. Without one it is denied at ${until}.`,
  ),
  'package-approval.escalated': decisionWanted(
    'alternates',
    (who, about) => `Action required: ${who} asks for ${about}, forwarded to you`,
    (who, about, until) => `Nobody has decided about ${who}’s request for ${about} yet. You may, by ${until}.`,
  ),
  'package-approval.stranded': told(['governors', ...wanted], {
    subject: (about) => `Nobody can decide a request for ${about}`,
    lead: (about, { data }, names) =>
      `The last approver of stage ${data['stage']} has gone. ${names.person(data['requestorId'])}’s request for ${about} times out unless somebody takes their place.`,
    facts: (occasion) => [
      ['Stage', stageOf(occasion)],
      ['Times out', moment(occasion.data['deadline'])],
    ],
  }),
  'package-approval.stageApproved': told(
    ['deciders'],
    {
      subject: (about) => `Approved in one stage: a request for ${about}`,
      lead: (about, { data }, names) =>
        `Stage ${data['stage']} of ${names.person(data['requestorId'])}’s request for ${about} is approved. It goes on to the next.`,
      facts: (occasion, names) => [
        ['Approved by', names.person(occasion.actorId)],
        ['Stage', stageOf(occasion)],
        ['Reason', occasion.reason ?? ''],
      ],
    },
    { when: (occasion) => !isLastStage(occasion) },
  ),
  'package-approval.stageDenied': told([...wanted, 'deciders'], {
    subject: (about) => `The request for ${about} was denied`,
    lead: (about, { data }, names) =>
      `${names.person(data['requestorId'])}’s request for ${about} was denied. Nobody has access by it.`,
    facts: (occasion, names) => [
      ['Denied by', names.person(occasion.actorId)],
      ['Stage', stageOf(occasion)],
      ['Reason', occasion.reason ?? ''],
    ],
  }),
  'package-approval.approvalTakenBack': told(wanted, {
    subject: (about) => `An approval of the request for ${about} was taken back`,
    lead: (about) => `An approver has taken their approval of the request for ${about} back. It is denied.`,
    facts: ({ reason, actorId }, names) => [
      ['Taken back by', names.person(actorId)],
      ['Reason', reason ?? ''],
    ],
  }),
  'assignment-request.approved': told(['deciders'], {
    subject: (about) => `Approved: a request for ${about}`,
    lead: (about, { data }, names) =>
      `${names.person(data['targetId'])}’s request for ${about} has passed all its stages.`,
  }),
  'assignment-request.timedOut': told([...wanted, 'lastAsked'], {
    subject: (about) => `The request has expired for ${about}`,
    lead: (about, { data }, names) =>
      `Nobody decided about ${names.person(data['targetId'])}’s request for ${about} in time. It has to be made anew if it is still needed.`,
  }),
  'assignment-request.failed': told([...wanted, 'governors'], {
    subject: (about) => `The request for ${about} could not be delivered`,
    lead: (about, { data }, names) =>
      `${names.person(data['targetId'])}’s request for ${about} was approved but could not be delivered. Nobody has access by it.`,
    facts: ({ data }) => [['Because', text(data['message'])]],
  }),
  'assignment-request.canceled': told(
    wanted,
    {
      subject: (about) => `The request to extend ${about} was withdrawn`,
      lead: (about) => `Access to ${about} ended before anybody decided about its extension.`,
    },
    { when: ({ data }) => data['because'] === 'AssignmentEnded' },
  ),
  'assignment.delivered': told(
    ['target'],
    {
      subject: (about) => `You have received access to ${about}`,
      lead: (about) => `You now have access to ${about}.`,
      facts: ({ data }) => [['Ends', moment(data['endsAt'])]],
    },
    { isOfAssignment: true },
  ),
  'assignment.extended': told(
    ['target'],
    {
      subject: (about) => `Your access to ${about} lasts longer`,
      lead: (about) => `Your access to ${about} was extended.`,
      facts: ({ data }) => [['Ends', moment(data['endsAt'])]],
    },
    { isOfAssignment: true },
  ),
  'assignment.shortened': told(
    ['target'],
    {
      subject: (about) => `Your access to ${about} ends earlier`,
      lead: (about) => `An administrator has brought the end of your access to ${about} nearer.`,
      facts: ({ data }) => [['Ends', moment(data['endsAt'])]],
    },
    { isOfAssignment: true },
  ),
  'assignment.endsSoon': told(
    ['target'],
    {
      subject: (about, { data }) => `Your access to ${about} ends on ${moment(data['endsAt']).slice(0, 10)}`,
      lead: (about, { data }) =>
        data['canExtend'] === true
          ? `Your access to ${about} ends soon. Extend it if you still need it.`
          : `Your access to ${about} ends soon. Ask for it anew then if you still need it.`,
      facts: ({ data }) => [['Ends', moment(data['endsAt'])]],
    },
    { isOfAssignment: true },
  ),
  'assignment.leaving': told(
    ['target'],
    {
      subject: (about) => `Your access to ${about} is about to end`,
      lead: (about) => `The policy by which you have access to ${about} is not for you any more.`,
      facts: ({ data }) => [['Ends', moment(data['leavesAt'])]],
    },
    { isOfAssignment: true },
  ),
  'assignment.staying': told(
    ['target'],
    {
      subject: (about) => `Your access to ${about} stays`,
      lead: (about) => `The policy by which you have access to ${about} is for you again.`,
    },
    { isOfAssignment: true },
  ),
  'assignment.removed': told(
    ['target'],
    {
      subject: (about) => `Your access to ${about} was removed`,
      lead: (about) => `Your access to ${about} was removed, and everything that it gave.`,
      facts: ({ data }) => [['Because', ended[text(data['endReason'])] ?? '']],
    },
    // Who left the scope has been told so (`assignment.leaving`), who has it anew has not lost it.
    { isOfAssignment: true, when: ({ data }) => !['leftScope', 'replaced'].includes(text(data['endReason'])) },
  ),
  'assignment.expired': told(
    ['target'],
    {
      subject: (about) => `Your access to ${about} has ended`,
      lead: (about) => `Your access to ${about} has ended, and everything that it gave.`,
    },
    { isOfAssignment: true },
  ),
};
