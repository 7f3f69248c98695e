import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { activate, askForPackage, decide, passFirstDoor } from './doors.ts';
import { type Json, openPlay, type Play } from './play.ts';

const approvals = '/identityGovernance/entitlementManagement/accessPackageAssignmentApprovals';

describe.each(databaseKinds)('mail on %s', (kind) => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());
  beforeEach(() => play.reset());

  const everyone = ['admin', 'requestor', 'manager', 'ciso', 'it-manager', 'identity-lead', 'colleague', 'helpdesk'];
  /** Everybody's subjects since the last reset, by person; who got nothing is not there. */
  const mailbox = async () => {
    const entries = await Promise.all(
      everyone.map(async (name) => {
        const mails = await play.mailTo(name);
        // What the design itself was told of, before the curtain rose.
        return [name, mails.map((mail) => mail.subject).filter((subject) => subject !== made)] as const;
      }),
    );
    return Object.fromEntries(entries.filter(([, subjects]) => subjects.length > 0));
  };
  const ap = 'AP – Global Admin Eligibility Request';
  const made = 'PIM: GRP-ELIG-GlobalAdmin is eligible for Global Administrator';
  const wanted = `Action required: Rio Requestor asks for ${ap}`;

  it('§6.1 §6.4 §6.5 §6.8 pain 17: goes to those who can act, stage by stage, and to the requestor at the end', async () => {
    const requestor = await play.as('requestor');
    const { body } = await askForPackage(play, requestor);
    const id = String(body['id']);
    expect(await mailbox()).toEqual({ manager: [wanted] });
    await decide(await play.as('manager'), id, 'Approve');
    const next = `Approved in one stage: a request for ${ap}`;
    expect(await mailbox()).toEqual({ manager: [wanted, next], ciso: [wanted], 'it-manager': [wanted] });
    await decide(await play.as('ciso'), id, 'Approve');
    await activate(requestor);
    expect(await mailbox()).toEqual({
      manager: [wanted, next, `Approved: a request for ${ap}`],
      ciso: [wanted, `Approved: a request for ${ap}`],
      'it-manager': [wanted],
      admin: ['PIM: Rio Requestor has activated Global Administrator'],
      requestor: [`You have received access to ${ap}`, 'PIM: Rio Requestor has activated Global Administrator'],
    });
    await play.move('PT8H');
    expect((await mailbox())['requestor']).toContain(`Your access to ${ap} has ended`);
  });

  it('tells the approver what it is for and by when', async () => {
    await play.move('2100-01-01T08:00:00Z');
    await askForPackage(play, await play.as('requestor'));
    const [mail] = await play.mailTo('manager');
    expect(mail).toMatchObject({
      to: 'manager@sallyport.example',
      event: 'package-approval.stageOpened',
      sentDateTime: '2100-01-01T08:00:00Z',
    });
    expect(mail?.text.split('\n\n')[1]).toMatchInlineSnapshot(`
      "  Requestor:     Rio Requestor
        For:           Rio Requestor
        Asks for:      AP – Global Admin Eligibility Request
        Stage:         1 of 2
        Justification: Tenant migration tonight
        Decide by:     2100-01-02 08:00 UTC"
    `);
    expect(mail?.html).toContain('Tenant migration tonight');
  });

  it('tells the requestor of a denial, with its reason', async () => {
    const { body } = await askForPackage(play, await play.as('requestor'));
    await decide(await play.as('manager'), String(body['id']), 'Deny');
    const [mail] = await play.mailTo('requestor');
    expect(mail?.subject).toBe(`The request for ${ap} was denied`);
    expect(mail?.text).toContain('I looked at the ticket');
    expect(mail?.text).toContain('Mara Manager');
  });

  it('tells the requestor when nobody decided', async () => {
    await askForPackage(play, await play.as('requestor'));
    await play.move('P1D');
    expect((await play.mailTo('requestor')).map((mail) => mail.subject)).toEqual([`The request has expired for ${ap}`]);
  });

  it('pain 21: links to how things stand now, for each who was asked, decided or not', async () => {
    await askForPackage(play, await play.as('requestor'));
    const manager = await play.as('manager');
    const [mail] = await play.mailTo('manager');
    // Whatever page it is, it is about the approval, and never about a state.
    const [link] = /https?:\S+/.exec(mail?.text ?? '') ?? [];
    const id = link?.slice(-36) ?? '';
    expect(link).toBe(`${play.app.httpUrl}/approvals/${id}`);
    const stages = async () =>
      (await manager.get(`${approvals}/${id}?$expand=stages`)).body['stages'] as unknown as readonly Json[];
    expect((await stages()).map((stage) => stage['status'])).toEqual(['InProgress', 'Initializing']);
    await decide(manager, id, 'Approve');
    expect((await stages()).map((stage) => stage['status'])).toEqual(['Completed', 'InProgress']);
    await play.move('P1D');
    expect((await stages()).map((stage) => stage['status'])).toEqual(['Completed', 'Expired']);
  });

  it('is not sent to an account that is out of use', async () => {
    const admin = await play.as('admin');
    await admin.patch(`/users/${play.idOf('it-manager')}`, { accountEnabled: false });
    await passFirstDoor(play, await play.as('requestor'));
    expect(Object.keys(await mailbox())).toEqual(['requestor', 'manager', 'ciso']);
  });
});
