import type { Occasion } from './occasion.ts';
import { type MailRule, moment, told } from './rule.ts';

/** How often something happened in the week, as the event has it. */
function counted({ data }: Occasion, what: 'roles' | 'groups', name: string): number {
  const counts = data[what] as Readonly<Record<string, unknown>> | undefined;
  return Number(counts?.[name] ?? 0);
}

const times = (count: number) => `${count} ${count === 1 ? 'time' : 'times'}`;

/** The roles that most people can have, and how many they are. */
function topOf({ data }: Occasion): readonly (readonly [label: string, value: string])[] {
  const top = Array.isArray(data['top']) ? (data['top'] as Readonly<Record<string, unknown>>[]) : [];
  return top.map(({ name, permanent, eligible }) => [String(name), `${permanent} for good, ${eligible} eligible`]);
}

/**
 * What a week was, for those who answer for roles. Entra: "Weekly Privileged Identity Management digest email for
 * Microsoft Entra roles".
 */
export const weekMails: Readonly<Record<string, MailRule>> = {
  'pim.weekPassed': told(['roleAdministrators'], {
    subject: (_about, { data }) => `PIM: weekly digest until ${moment(data['until']).slice(0, 10)}`,
    lead: (_about, occasion) =>
      `From ${moment(occasion.data['from'])} to ${moment(occasion.data['until'])}, roles were activated ` +
      `${times(counted(occasion, 'roles', 'activated'))} and groups ${times(counted(occasion, 'groups', 'activated'))}.`,
    facts: (occasion) => [
      ['Made eligible for a role', times(counted(occasion, 'roles', 'eligible'))],
      ['Made eligible for a group', times(counted(occasion, 'groups', 'eligible'))],
      [
        'Assigned a role in PIM',
        `${times(counted(occasion, 'roles', 'active'))}, ${counted(occasion, 'roles', 'permanent')} for good`,
      ],
      ['Assigned a role outside of PIM', times(counted(occasion, 'roles', 'outside'))],
      ['Roles run out or taken away', times(counted(occasion, 'roles', 'ended'))],
      ['Groups run out or taken away', times(counted(occasion, 'groups', 'ended'))],
      ...topOf(occasion),
    ],
  }),
};
