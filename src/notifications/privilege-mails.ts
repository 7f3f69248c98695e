import type { Mode, PrivilegeKind } from '../grants/index.ts';
import { decisionPage } from './pages.ts';
import { aboutOf, type MailRule, moment, type PimScope, text, told } from './rule.ts';

const kinds: readonly PrivilegeKind[] = ['role', 'group-member', 'group-owner'];
const modes: readonly Mode[] = ['eligible', 'active'];

const byPerson: PimScope = { caller: 'EndUser', level: 'Assignment' };

/** What an approver of an activation has to know. */
function decisionWanted(to: 'approvers' | 'added'): MailRule {
  return {
    to: [to],
    wantsAction: true,
    pim: byPerson,
    message: (occasion, names) => {
      const { data } = occasion;
      const who = names.person(data['requestorId']);
      return {
        subject: `PIM: action required: ${who} asks to activate ${aboutOf(occasion)}`,
        lead: `${who} asks to activate ${aboutOf(occasion)}. Approve or deny by ${moment(data['deadline'])}.`,
        facts: (
          [
            ['Requestor', who],
            ['Asks for', aboutOf(occasion)],
            ['Justification', text(data['justification'])],
            ['Decide by', moment(data['deadline'])],
          ] as const
        ).filter(([, value]) => value !== ''),
        action: { label: 'See the request', url: names.link(decisionPage(occasion)) },
      };
    },
  };
}

/** The first decision resolves an activation; the other approvers need not look any more. */
const resolved = (how: string): MailRule =>
  told(
    ['lastAsked'],
    {
      subject: (about) => `PIM: the activation of ${about} was ${how}`,
      lead: (about, { data, actorId }, names) =>
        `${names.person(actorId)} has decided: ${names.person(data['requestorId'])}’s activation of ${about} was ${how}.`,
      facts: ({ reason }) => [['Reason', reason ?? '']],
    },
    { pim: byPerson },
  );

function activationMails(kind: PrivilegeKind): Readonly<Record<string, MailRule>> {
  return {
    [`${kind}.activation.completed`]: told(
      ['target', 'administrators'],
      {
        subject: (about, { data }, names) => `PIM: ${names.person(data['principalId'])} has activated ${about}`,
        lead: (about, { data }, names) =>
          `${names.person(data['principalId'])} has activated ${about}. It ends by itself.`,
        facts: ({ data, reason }) => [
          ['Justification', reason ?? ''],
          ['Ends', moment(data['endsAt'])],
        ],
      },
      { pim: byPerson },
    ),
    [`${kind}.activation.denied`]: told(
      ['target'],
      {
        subject: (about) => `PIM: your activation of ${about} was denied`,
        lead: (about) => `Your request to activate ${about} was denied.`,
        facts: ({ reason }) => [['Reason', reason ?? '']],
      },
      { pim: byPerson },
    ),
    [`${kind}.activation.timedOut`]: told(
      ['target'],
      {
        subject: (about) => `PIM: your activation of ${about} has expired`,
        lead: (about) =>
          `Nobody decided about your request to activate ${about} in time. Ask again if you still need it.`,
      },
      { pim: byPerson },
    ),
    [`${kind}.activation.failed`]: told(
      ['target'],
      {
        subject: (about) => `PIM: your activation of ${about} has failed`,
        lead: (about) => `Your activation of ${about} was approved, but what it stood on has gone meanwhile.`,
        facts: ({ reason }) => [['Reason', reason ?? '']],
      },
      { pim: byPerson },
    ),
  };
}

function assignmentMails(kind: PrivilegeKind, mode: Mode): Readonly<Record<string, MailRule>> {
  const at = (happening: string) => `${kind}.${mode}.assignment.${happening}`;
  const pim: PimScope = { caller: 'Admin', level: mode === 'eligible' ? 'Eligibility' : 'Assignment' };
  const what = mode === 'eligible' ? 'eligibility for' : 'assignment of';
  const tell = (happening: string, words: (who: string, about: string) => string): readonly [string, MailRule] => [
    at(happening),
    told(
      ['target', 'administrators'],
      {
        subject: (about, { data }, names) => `PIM: ${words(names.person(data['principalId']), about)}`,
        lead: (about, { data }, names) => `${words(names.person(data['principalId']), about)}.`,
        facts: ({ data, reason, actorId }, names) => [
          ['By', actorId === null ? '' : names.person(actorId)],
          ['Justification', reason ?? ''],
          ['Ends', moment(data['endsAt'])],
        ],
      },
      { pim },
    ),
  ];
  const changed = (happening: string, how = happening) =>
    tell(happening, (who, about) => `${who}’s ${what} ${about} was ${how}`);
  const asked = (asking: 'extension' | 'renewal'): readonly [string, MailRule] => [
    at(`${asking}Requested`),
    told(
      ['answerers'],
      {
        subject: (about, { data }, names) =>
          `PIM: action required: ${names.person(data['principalId'])} asks for the ${asking} of ${about}`,
        lead: (about, { data }, names) =>
          `${names.person(data['principalId'])} asks for the ${asking} of what they have of ${about}. An administrator approves or denies it.`,
        facts: ({ reason }) => [['Justification', reason ?? '']],
      },
      { pim, wantsAction: true },
    ),
  ];
  const answered = (asking: 'extension' | 'renewal', how: 'Denied' | 'TimedOut'): readonly [string, MailRule] => [
    at(`${asking}${how}`),
    told(
      ['target'],
      {
        subject: (about) => `PIM: the ${asking} of ${about} was ${how === 'Denied' ? 'denied' : 'not decided'}`,
        lead: (about) =>
          how === 'Denied'
            ? `Your wish for the ${asking} of ${about} was denied.`
            : `Nobody answered your wish for the ${asking} of ${about} in time.`,
        facts: ({ reason }) => [['Reason', reason ?? '']],
      },
      { pim },
    ),
  ];
  return Object.fromEntries([
    tell('completed', (who, about) => `${who} ${mode === 'eligible' ? 'is eligible for' : 'has been given'} ${about}`),
    changed('renewed'),
    changed('extended'),
    changed('removed', 'taken away'),
    [
      at('endsSoon'),
      told(
        ['target', 'administrators'],
        {
          subject: (about, { data }, names) =>
            `PIM: what ${names.person(data['principalId'])} has of ${about} ends on ${moment(data['endsAt']).slice(0, 10)}`,
          lead: (about, { data }, names) =>
            `What ${names.person(data['principalId'])} has of ${about} ends soon. It can be extended until then.`,
          facts: ({ data }) => [['Ends', moment(data['endsAt'])]],
        },
        { pim },
      ),
    ],
    asked('extension'),
    asked('renewal'),
    ...(['extension', 'renewal'] as const).flatMap((asking) =>
      (['Denied', 'TimedOut'] as const).map((how) => answered(asking, how)),
    ),
    [
      `${kind}.${mode}.expired`,
      told(
        ['target'],
        {
          subject: (about) => `PIM: what you had of ${about} has ended`,
          lead: (about) => `What you had of ${about} has ended. It can be renewed for 30 days.`,
        },
        { pim, when: ({ data }) => (data['origin'] as { kind?: string } | undefined)?.kind === 'assigned' },
      ),
    ],
  ]);
}

/** What somebody gave to themselves, or decided about themselves, in words. */
const selfGrants: Readonly<Record<string, string>> = {
  role: 'A directory role',
  'group-member': 'Membership of a group',
  'group-owner': 'Ownership of a group',
  package: 'An access package',
  'entitlement-role': 'A role of entitlement management',
  'application-permission': 'Permissions of an application',
  'activation-approval': 'Who approves an activation',
  account: 'An account that was shut',
  manager: 'Who their manager is',
  sponsor: 'Who their sponsors are',
};

/** The mails of Privileged Identity Management. Entra: "Email notifications in PIM". */
export const privilegeMails: Readonly<Record<string, MailRule>> = Object.assign(
  {
    'activation-approval.stageOpened': decisionWanted('approvers'),
    'activation-approval.approversChanged': decisionWanted('added'),
    'activation-approval.stageApproved': resolved('approved'),
    'activation-approval.stageDenied': resolved('denied'),
    'activation-approval.stranded': told(['requestor', 'globalAdministrators'], {
      subject: (about) => `PIM: nobody can decide the activation of ${about}`,
      lead: (about, { data }, names) =>
        `The last approver has gone. ${names.person(data['requestorId'])}’s activation of ${about} times out unless somebody takes their place.`,
    }),
    'breakGlass.used': told(['globalAdministrators'], {
      subject: (_about, { actorId }, names) => `Alarm: ${names.person(actorId)} has granted to themselves`,
      lead: (_about, { actorId }, names) =>
        `The account for the emergency, ${names.person(actorId)}, has granted a privilege to itself. If nobody knows why, act now.`,
      facts: ({ data, at }, { thing }) => [
        ['What', selfGrants[text((data['about'] as { kind?: string } | null)?.kind)] ?? 'A privilege'],
        ['Which', thing],
        ['When', moment(at.toString())],
      ],
    }),
  } satisfies Record<string, MailRule>,
  ...kinds.map(activationMails),
  ...kinds.flatMap((kind) => modes.map((mode) => assignmentMails(kind, mode))),
);
