import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { codeOf, type Desk, entitlements, openDesk } from './desk.ts';
import { activate, passFirstDoor } from './doors.ts';
import { askRole, helpdesk, lasting } from './pim.ts';
import type { Actor, Json } from './play.ts';

describe.each(databaseKinds)('stories on %s', (kind) => {
  let desk: Desk;
  let admin: Actor;
  beforeAll(async () => {
    desk = await openDesk(kind);
    ({ admin } = desk);
  });
  afterAll(() => desk?.play.close());

  const told = async (id: string, query = '') => {
    const answer = await admin.get(`/sallyport/stories/${id}?$orderby=activityDateTime asc&$top=200${query}`);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body['value'] as unknown as readonly Json[];
  };
  const detail = (event: Json, key: string) => {
    const details = event['additionalDetails'] as unknown as readonly { key: string; value: string }[];
    return details.find((one) => one.key === key)?.value ?? '';
  };
  const typesOf = (events: readonly Json[]) => events.map((event) => detail(event, 'eventType'));
  const good = async (answer: Promise<{ status: number; body: Json }>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(JSON.stringify(body));
    return body;
  };

  test('one story is told from its first request to its last end, whatever of it is named', async () => {
    const requestor = await desk.play.as('requestor');
    const requestId = await passFirstDoor(desk.play, requestor);
    const activated = await good(activate(requestor, 'PT1H'));
    const [assignment] = await desk.assignments(
      requestor,
      String(
        (await good(admin.get(`${entitlements}/assignmentRequests/${requestId}?$expand=accessPackage`)))[
          'accessPackage'
        ]?.['id'],
      ),
    );
    const assignmentId = String(assignment?.['id']);
    await desk.play.move(await desk.after(2));
    const again = await good(activate(requestor, 'PT1H'));
    // A request of its own, with a correlation of its own.
    await desk.play.move(await desk.after(1));
    const removal = await good(
      desk.ask(requestor, { requestType: 'userRemove', assignment: { id: assignmentId }, justification: 'Done' }),
    );
    const whole = await told(requestId);
    const types = typesOf(whole);
    for (const type of [
      'assignment-request.submitted',
      'package-approval.stageApproved',
      'assignment.delivered',
      'role.activation.completed',
      'role.active.expired',
    ]) {
      expect([type, types.includes(type)]).toEqual([type, true]);
    }
    expect(types.filter((type) => type === 'role.activation.requested')).toHaveLength(2);
    // By which way the role came to be in reach: the group's own eligibility, given long before.
    expect(types[0]).toMatch(/^role\.eligible\./);
    expect(new Set(whole.map((event) => String(event['correlationId']))).size).toBeGreaterThan(1);
    expect(whole.some((event) => detail(event, 'subject') === String(removal['id']))).toBe(true);
    const ids = whole.map((event) => String(event['id']));
    const named = [assignmentId, String(activated['id']), String(again['id']), String(removal['id'])];
    for (const id of [...named, requestId.toUpperCase()]) {
      expect((await told(id)).map((event) => String(event['id']))).toEqual(ids);
    }
  });

  test('what others hang on too does not bring their stories', async () => {
    const [one, other] = [await desk.hire(), await desk.hire()];
    const { packageId } = await desk.offer();
    const first = await good(desk.add(one, packageId));
    const second = await good(desk.add(other, packageId));
    const about = async (id: unknown) => {
      const events = await told(String(id));
      return new Set(events.flatMap((event) => (event['targetResources'] as unknown as Json[]).map((it) => it['id'])));
    };
    expect((await about(first['id'])).has(other.id as never)).toBe(false);
    expect((await about(second['id'])).has(other.id as never)).toBe(true);
  });

  test('an assignment of PIM is told with the activations that hung on it', async () => {
    const person = await desk.hire();
    const given = await good(askRole(admin, 'eligible', 'adminAssign', person.id, { scheduleInfo: lasting('P30D') }));
    const activation = await good(
      askRole(await desk.play.asUser(person.id), 'active', 'selfActivate', person.id, {
        scheduleInfo: lasting('PT1H'),
      }),
    );
    const events = await told(String(given['id']));
    expect(typesOf(events)).toContain('role.activation.completed');
    expect((await told(String(activation['id']))).map((event) => event['id'])).toEqual(
      events.map((event) => event['id']),
    );
  });

  test('takes the options of a list', async () => {
    const person = await desk.hire();
    const { packageId } = await desk.offer();
    const { id } = await good(desk.add(person, packageId));
    const all = await told(String(id));
    const page = await good(admin.get(`/sallyport/stories/${id}?$top=2&$count=true&$orderby=activityDateTime asc`));
    expect(page['@odata.count']).toBe(all.length);
    const next = new URL(String(page['@odata.nextLink']));
    const rest = await good(admin.get(next.pathname + next.search));
    const ids = (body: Json) => (body['value'] as unknown as Json[]).map((event) => event['id']);
    expect([...ids(page), ...ids(rest)]).toEqual(all.slice(0, 4).map((event) => event['id']));
    const submitted = await told(
      String(id),
      `&$filter=activityDisplayName eq 'Fulfill access package assignment request'`,
    );
    expect(submitted.length).toBeLessThan(all.length);
  });

  test('is told to those who may read the log, and of what there is', async () => {
    const unknown = crypto.randomUUID();
    expect(codeOf(await admin.get(`/sallyport/stories/${unknown}`))).toBe('404 ResourceNotFound');
    expect(codeOf(await admin.get('/sallyport/stories/nothing'))).toBe('404 ResourceNotFound');
    const colleague = await desk.play.as('colleague');
    expect(codeOf(await colleague.get(`/sallyport/stories/${unknown}`))).toBe('403 Authorization_RequestDenied');
    const app = await desk.play.asNewApp(['AuditLog.Read.All']);
    expect((await app.get(`/sallyport/stories/${helpdesk}`)).status).toBe(404);
  });
});
