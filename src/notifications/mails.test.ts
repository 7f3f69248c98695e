import { expect, test } from 'vitest';
import { compose } from './compose.ts';
import { mailRules } from './mails.ts';
import type { Occasion } from './rule.ts';

const people: Readonly<Record<string, string>> = { rio: 'Rio Requestor', mara: 'Mara Manager', pat: 'Pat Person' };

/** An event of each type with all that any of them carries. */
function occasion(type: string): Occasion {
  return {
    type,
    at: Temporal.Instant.from('2030-01-01T08:00:00Z'),
    subject: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
    reason: 'Because <of> the change',
    actorId: 'mara',
    targets: [{ id: 'x', type: type.includes('group') ? 'Group' : 'AccessPackage', displayName: 'AP & more' }],
    data: {
      requestorId: 'rio',
      subjectId: 'rio',
      targetId: 'rio',
      principalId: 'pat',
      justification: 'Tenant migration',
      stage: 1,
      stages: 3,
      deadline: '2030-01-02T08:00:00Z',
      endsAt: '2030-01-15T16:30:00Z',
      leavesAt: '2030-01-08T08:00:00Z',
      canExtend: true,
      message: 'The group is gone.',
      because: 'AssignmentEnded',
      about: { kind: 'role', id: 'r' },
    },
  };
}

test.each(Object.keys(mailRules))('pain 19: the mail about %s says what happened', async (type) => {
  const rule = mailRules[type];
  const names = {
    person: (id: unknown) => people[String(id)] ?? 'Somebody',
    link: (path: string) => `https://sallyport.example/v1.0${path}`,
  };
  const mail = compose(rule?.message(occasion(type), names) ?? { subject: '', lead: '', facts: [] });
  expect(mail.html).not.toContain('<of>');
  expect(mail.subject.length).toBeLessThan(120);
  const all = `To:      ${rule?.to.join(', ')}\nSubject: ${mail.subject}\n\n${mail.text}\n${mail.html}\n`;
  await expect(all).toMatchFileSnapshot(`mails/${type}.txt`);
});
