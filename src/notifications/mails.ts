import type { EventTarget } from '../kernel/event.ts';
import type { Id } from '../kernel/ids.ts';
import type { Message } from './compose.ts';

/** What a mail is made from: an event, as far as mails look at it. */
export interface Occasion {
  readonly type: string;
  readonly subject: string;
  readonly reason: string | null;
  readonly targets: readonly EventTarget[];
  readonly actorId: Id | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Looks up what a message names. */
export interface Names {
  /** Display name of a person; "Somebody" for one who is gone. */
  person(id: unknown): string;
  /** Address of a resource of the API. */
  link(path: string): string;
}

/** Who is told of an event, and what. */
export interface MailRule {
  readonly recipients: (occasion: Occasion) => readonly Id[];
  readonly message: (occasion: Occasion, names: Names) => Message;
}

const approvals = {
  package: '/identityGovernance/entitlementManagement/accessPackageAssignmentApprovals',
  activation: '/identityGovernance/privilegedAccess/group/assignmentApprovals',
} as const;

/** Where the subject of an event is found, by the beginning of the event's type. */
const places: Readonly<Record<string, string>> = {
  'package-approval.': '/identityGovernance/entitlementManagement/assignmentRequests',
  'assignment-request.': '/identityGovernance/entitlementManagement/assignmentRequests',
  'assignment.': '/identityGovernance/entitlementManagement/assignments',
  'role.': '/roleManagement/directory/roleAssignmentScheduleRequests',
  'group-': '/identityGovernance/privilegedAccess/group/assignmentScheduleRequests',
};

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function ids(value: unknown): readonly Id[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Types of targets that a mail can be about: what is asked for, given or activated. */
const things = ['AccessPackage', 'Role', 'Group'];

/** What the event is about, by name. */
function aboutOf({ targets }: Pick<Occasion, 'targets'>): string {
  return targets.find(({ type }) => things.includes(type))?.displayName ?? 'a privilege';
}

/** An instant in words that a person reads: `2030-01-01 08:00 UTC`. */
function moment(value: unknown): string {
  return text(value)
    .replace('T', ' ')
    .replace(/:\d\d(\.\d+)?Z$/, ' UTC');
}

function decisionWanted(door: keyof typeof approvals, recipients: MailRule['recipients']): MailRule {
  return {
    recipients,
    message: ({ data, subject, targets }, names) => ({
      subject: `Action required: ${names.person(data['requestorId'])} asks for ${aboutOf({ targets })}`,
      lead: `${names.person(data['requestorId'])} asks for ${aboutOf({ targets })}. Approve or deny by ${moment(data['deadline'])}.`,
      facts: [
        ['Requestor', names.person(data['requestorId'])],
        ['For', names.person(data['subjectId'])],
        ['Asks for', aboutOf({ targets })],
        ['Stage', `${data['stage']} of ${data['stages']}`],
        ['Justification', text(data['justification'])],
        ['Decide by', moment(data['deadline'])],
      ],
      action: { label: 'See the request', url: names.link(`${approvals[door]}/${subject}`) },
    }),
  };
}

/** The one person that a request or an assignment is for. */
const target: MailRule['recipients'] = ({ data }) =>
  ids([data['targetId'] ?? data['subjectId'] ?? data['principalId']]);

/** Where the reader finds what the mail is about, in the state that it has then. */
function whereOf({ subject, type }: Occasion, names: Names): Message['action'] {
  const [path] = Object.entries(places).find(([prefix]) => type.startsWith(prefix)) ?? [];
  if (path === undefined) return undefined;
  return { label: 'See how it stands now', url: names.link(`${places[path]}/${subject}`) };
}

function told(
  recipients: MailRule['recipients'],
  subject: (about: string) => string,
  lead: (about: string) => string,
  facts: (occasion: Occasion, names: Names) => Message['facts'],
): MailRule {
  return {
    recipients,
    message: (occasion, names) => ({
      subject: subject(aboutOf(occasion)),
      lead: lead(aboutOf(occasion)),
      facts: facts(occasion, names).filter(([, value]) => value !== ''),
      action: whereOf(occasion, names),
    }),
  };
}

function activationMails(kind: string): Readonly<Record<string, MailRule>> {
  return {
    [`${kind}.activation.completed`]: told(
      target,
      (about) => `PIM: you have activated ${about}`,
      (about) => `You have activated ${about}. It ends by itself.`,
      ({ data, reason }) => [
        ['Justification', reason ?? ''],
        ['Ends', moment(data['endsAt'])],
      ],
    ),
    [`${kind}.activation.denied`]: told(
      target,
      (about) => `PIM: your activation of ${about} was denied`,
      (about) => `Your request to activate ${about} was denied.`,
      ({ reason }) => [['Reason', reason ?? '']],
    ),
    [`${kind}.activation.timedOut`]: told(
      target,
      (about) => `PIM: your activation of ${about} has expired`,
      (about) => `Nobody decided about your request to activate ${about} in time. Ask again if you still need it.`,
      () => [],
    ),
  };
}

/** Which events are mailed, to whom, and what the mail says. Events that are not here are mailed to nobody. */
export const mailRules: Readonly<Record<string, MailRule>> = {
  'package-approval.stageOpened': decisionWanted('package', ({ data }) => ids(data['approverIds'])),
  'package-approval.approversChanged': decisionWanted('package', ({ data }) => ids(data['addedIds'])),
  'activation-approval.stageOpened': decisionWanted('activation', ({ data }) => ids(data['approverIds'])),
  'activation-approval.approversChanged': decisionWanted('activation', ({ data }) => ids(data['addedIds'])),
  'package-approval.stageDenied': told(
    target,
    (about) => `Your request for ${about} was denied`,
    (about) => `Your request for ${about} was denied. You have no access by it.`,
    ({ data, reason, actorId }, names) => [
      ['Denied by', names.person(actorId)],
      ['Stage', `${data['stage']} of ${data['stages']}`],
      ['Reason', reason ?? ''],
    ],
  ),
  'assignment-request.timedOut': told(
    target,
    (about) => `Your request has expired for ${about}`,
    (about) => `Nobody decided about your request for ${about} in time. Ask again if you still need it.`,
    () => [],
  ),
  'assignment-request.failed': told(
    target,
    (about) => `Your request for ${about} could not be delivered`,
    (about) => `Your request for ${about} was approved but could not be delivered. You have no access by it.`,
    ({ reason }) => [['Reason', reason ?? '']],
  ),
  'assignment.delivered': told(
    target,
    (about) => `You have received access to ${about}`,
    (about) => `You now have access to ${about}.`,
    ({ data }) => [['Ends', moment(data['endsAt'])]],
  ),
  'assignment.removed': told(
    target,
    (about) => `Your access to ${about} was removed`,
    (about) => `Your access to ${about} was removed, and everything that it gave.`,
    ({ reason }) => [['Reason', reason ?? '']],
  ),
  'assignment.expired': told(
    target,
    (about) => `Your access to ${about} has ended`,
    (about) => `Your access to ${about} has ended, and everything that it gave.`,
    () => [],
  ),
  ...activationMails('role'),
  ...activationMails('group-member'),
  ...activationMails('group-owner'),
};
