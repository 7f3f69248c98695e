import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compose } from './compose.ts';
import { mailRules } from './mails.ts';
import type { Occasion } from './occasion.ts';
import { pageAbout } from './pages.ts';

const people: Readonly<Record<string, string>> = { rio: 'Rio Requestor', mara: 'Mara Manager', pat: 'Pat Person' };

const typeOfThing = (type: string) =>
  type.includes('group') ? 'Group' : /^(role|activation)/.test(type) ? 'Role' : 'AccessPackage';

/** An event of each type with all that any of them carries. */
function occasion(type: string): Occasion {
  return {
    type,
    at: Temporal.Instant.from('2030-01-01T08:00:00Z'),
    subject: '6f9619ff-8b86-4011-b42d-00c04fc964ff',
    reason: 'Because <of> the change',
    actorId: 'mara',
    targets: [{ id: 'x', type: typeOfThing(type), displayName: 'AP & more' }],
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
      approverSource: 'fallback',
      previousSource: 'primary',
      leavesAt: '2030-01-08T08:00:00Z',
      canExtend: true,
      message: 'The group is gone.',
      because: 'AssignmentEnded',
      about: { kind: 'role', id: 'r' },
      from: '2029-12-25T08:00:00Z',
      until: '2030-01-01T08:00:00Z',
      roles: { activated: 12, eligible: 3, active: 2, permanent: 1, outside: 1, ended: 4 },
      groups: { activated: 5, eligible: 1, active: 0, permanent: 0, outside: 0, ended: 0 },
      top: [
        { id: 'r', name: 'Global Administrator', permanent: 2, eligible: 3 },
        { id: 's', name: 'Security Administrator', permanent: 0, eligible: 1 },
      ],
      method: 'fido2',
      expiresAt: '2030-01-01T09:00:00Z',
      privilegeKind: type.split('.')[0],
      privilegeId: '7c1f9a6e-5d0b-4c58-9a55-8d5f6c1f0e11',
    },
  };
}

test.each(Object.keys(mailRules))('pain 19: the mail about %s says what happened', async (type) => {
  const rule = mailRules[type];
  const names = {
    person: (id: unknown) => people[String(id)] ?? 'Somebody',
    thing: 'Global Administrator',
    link: (page: string) => `https://sallyport.example${page}`,
    reader: rule?.to.includes('target') ? 'pat' : 'ada',
  };
  const mail = compose(rule?.message(occasion(type), names) ?? { subject: '', lead: '', facts: [] });
  expect(mail.html).not.toContain('<of>');
  expect(mail.subject.length).toBeLessThan(120);
  const all = `To:      ${rule?.to.join(', ')}\nSubject: ${mail.subject}\n\n${mail.text}\n${mail.html}\n`;
  await expect(all).toMatchFileSnapshot(`mails/${type}.txt`);
});

/** The pages of who is signed in, as the portal lists them. */
const pages = ['access-rooms.ts', 'admin-pages.ts'].flatMap((file) =>
  [...readFileSync(join(import.meta.dirname, '../../portal', file), 'utf8').matchAll(/path: '([^']+)'/g)].map(
    ([, path = '']) => new RegExp(`^${path.replaceAll(/\$\w+/g, '[\\w-]+')}$`),
  ),
);

test.each(Object.keys(mailRules))('pain 21: the mail about %s leads each reader to one page of the portal', (type) => {
  for (const reader of ['pat', 'rio', 'ada', null]) {
    const links: string[] = [];
    const names = { person: () => 'Somebody', thing: '', reader, link: (page: string) => String(links.push(page)) };
    mailRules[type]?.message(occasion(type), names);
    const [link = '', ...others] = links;
    expect(others).toEqual([]);
    const [path = '', query = ''] = link.split('?');
    expect(pages.filter((page) => page.test(path)).length, link).toBeGreaterThan(0);
    expect(['', 'tab=active', 'tab=expired', 'tab=eligible']).toContain(query);
  }
});

test('people are led to what is their own, administrators to where it is looked after', () => {
  const activated = occasion('role.activation.completed');
  expect(pageAbout(activated, 'pat')).toBe('/roles?tab=active');
  expect(pageAbout(activated, 'ada')).toBe('/admin/roles/7c1f9a6e-5d0b-4c58-9a55-8d5f6c1f0e11');
  expect(pageAbout(occasion('group-member.eligible.assignment.completed'), null)).toBe(
    '/admin/pim-groups/7c1f9a6e-5d0b-4c58-9a55-8d5f6c1f0e11',
  );
  const stranded = occasion('activation-approval.stranded');
  expect(pageAbout(stranded, 'rio')).toBe('/roles');
  expect(pageAbout(stranded, 'ada')).toBe('/approvals/6f9619ff-8b86-4011-b42d-00c04fc964ff');
});
