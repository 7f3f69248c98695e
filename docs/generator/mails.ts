import { audiences } from '../../src/notifications/audiences.ts';
import { mailRules } from '../../src/notifications/mails.ts';
import type { Occasion } from '../../src/notifications/occasion.ts';
import type { MailRule } from '../../src/notifications/rule.ts';
import { document, table } from './page.ts';

/** The page of all mails: what they tell of, whom they are written to, and their subject. */
export function mailsPage(): string {
  const rows = Object.entries(mailRules).map(([type, rule]) => [
    `\`${type}\``,
    subjectOf(type, rule),
    rule.to.map((audience) => audiences[audience]).join('; '),
    conditionsOf(type, rule),
  ]);
  return document(
    'Mails',
    [
      'Every mail, by the event that it tells of. Recipients are found when the mail is written and looked at again when it',
      'is sent: accounts out of use get nothing, and who can no longer decide is not asked to. A mail has the same',
      '`Message-ID` for the same event and recipient, however often it is sent.',
    ].join(' '),
    table(['event', 'subject', 'to', 'but'], rows),
  );
}

/** The subject with names in their place. */
function subjectOf(type: string, rule: MailRule): string {
  const occasion: Occasion = {
    type,
    at: Temporal.Instant.from('2030-01-01T08:00:00Z'),
    subject: '',
    reason: null,
    actorId: null,
    targets: [{ id: '', type: 'AccessPackage', displayName: '‹what›' }],
    data: { endsAt: '2030-01-01T08:00:00Z' },
  };
  return rule.message(occasion, { person: () => '‹who›', thing: '‹what›', link: (page) => page, reader: null }).subject;
}

function conditionsOf(type: string, { isOfAssignment, pim, wantsAction, when }: MailRule): string {
  return [
    ...(wantsAction && type.includes('-approval.') ? ['only while it can be done'] : []),
    ...(isOfAssignment ? ['not where the policy switches mails on assignments off'] : []),
    ...(pim === undefined ? [] : [`as \`Notification_…_${pim.caller}_${pim.level}\` says`]),
    ...(when === undefined ? [] : ['on some occasions']),
  ].join('; ');
}
