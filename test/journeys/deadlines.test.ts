import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, deskIn, entitlements, stageOf } from '../scenarios/desk.ts';
import { decide } from '../scenarios/doors.ts';
import { accessibilityProblems } from './accessible.ts';
import { heading, press } from './acts.ts';
import { type JourneyStage, openStage, picture } from './stage.ts';

let stage: JourneyStage;
let desk: Desk;
beforeAll(async () => {
  stage = await openStage();
  desk = await deskIn(stage.play);
});
afterAll(() => stage?.close());

/** A package that people of the cast decide about, under a name that people read. */
async function offered(displayName: string, policy: object): Promise<string> {
  const { packageId } = await desk.offer(policy);
  await desk.admin.patch(`${entitlements}/accessPackages/${packageId}`, { displayName });
  return packageId;
}

const askedBy = async (name: string, packageId: string, changes: object = {}): Promise<string> => {
  const answer = await desk.add(await stage.play.as(name), packageId, changes);
  expect(answer.status).toBe(201);
  return String(answer.body['id']);
};

describe('time', () => {
  test('denies what nobody decided, and both sides see so and why', async () => {
    const packageId = await offered('Mail archive', {
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages: [stageOf(stage.play, 'ciso')] },
    });
    const id = await askedBy('requestor', packageId);
    const requestor = await stage.enter('requestor', `/requests/${id}`);
    const ciso = await stage.enter('ciso', `/approvals/${id}`, { theme: 'dark' });
    await requestor.getByText('Stage 1: waits for a decision').waitFor();
    await ciso.getByRole('button', { name: 'Approve' }).waitFor();
    await stage.play.move('P3D');
    // Both pages are open, and nobody reads them anew.
    await requestor.getByText('Stage 1: nobody decided in time').waitFor();
    await requestor.getByText('Nobody decided in time', { exact: true }).waitFor();
    await requestor.getByText('Your request ended without a decision').waitFor();
    await requestor.getByText('It was not delivered').waitFor();
    await picture(requestor, 'request-timed-out');
    expect(await accessibilityProblems(requestor)).toEqual([]);
    await ciso.getByText('Stage 1: nobody decided in time').waitFor();
    await ciso.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    await picture(ciso, 'approval-timed-out');
    expect(await accessibilityProblems(ciso)).toEqual([]);
    // It can be asked for anew at once.
    await requestor.getByRole('link', { name: 'Request again' }).click();
    await requestor.getByRole('button', { name: 'Submit request' }).waitFor();
    for (const page of [requestor, ciso]) await page.context().close();
  });

  test('brings in alternates, and the first approver can still decide', async () => {
    const packageId = await offered('Key vault', {
      requestApprovalSettings: {
        isApprovalRequiredForAdd: true,
        stages: [
          {
            ...stageOf(stage.play, 'ciso'),
            durationBeforeAutomaticDenial: 'P6D',
            isEscalationEnabled: true,
            durationBeforeEscalation: 'P2D',
            escalationApprovers: [
              { '@odata.type': '#microsoft.graph.singleUser', userId: stage.play.idOf('identity-lead') },
            ],
          },
        ],
      },
    });
    const id = await askedBy('requestor', packageId);
    const requestor = await stage.enter('requestor', `/requests/${id}`);
    await requestor.getByText('Stage 1: from then on alternates may decide too').waitFor();
    const alternate = await stage.enter('identity-lead', '/approvals');
    await alternate.getByText('Nothing waits for you').waitFor();
    await stage.play.move('P2D');
    await alternate.getByRole('link', { name: /^Review what Rio Requestor asks for/ }).click();
    await alternate.getByRole('button', { name: 'Approve' }).waitFor();
    await alternate.getByText('Alternates may decide too from').waitFor();
    await picture(alternate, 'approval-escalated');
    expect(await accessibilityProblems(alternate)).toEqual([]);
    await requestor.getByText('Stage 1: alternates may decide too').waitFor();
    await picture(requestor, 'request-escalated');
    expect(await accessibilityProblems(requestor)).toEqual([]);

    const primary = await stage.enter('ciso', `/approvals/${id}`);
    await primary.getByLabel('Reason').fill('I was away');
    await press(primary, 'Approve');
    await primary.getByText('Stage 1: approved by Cy Ciso').waitFor();
    await alternate.getByText('Cy Ciso has approved it a moment ago').waitFor();
    await requestor.getByText('Delivered').first().waitFor();
    for (const page of [requestor, alternate, primary]) await page.context().close();
  });

  test('is asked for more of, and approved again, after an answer was put right', async () => {
    const packageId = await offered('Deployment', {
      expiration: { type: 'afterDuration', duration: 'P10D' },
      requestorSettings: { enableTargetsToSelfAddAccess: true, enableTargetsToSelfUpdateAccess: true },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: true,
        isApprovalRequiredForUpdate: true,
        isRequestorJustificationRequired: true,
        stages: [stageOf(stage.play, 'ciso')],
      },
      questions: [
        {
          '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion',
          text: 'Which release?',
          isRequired: false,
          isAnswerEditable: true,
          isSingleLineQuestion: true,
          sequence: 0,
        },
      ],
    });
    const id = await askedBy('requestor', packageId);
    const ciso = await stage.enter('ciso', `/approvals/${id}`);
    await ciso.getByText('Not answered').waitFor();
    await press(ciso, 'Correct the answers');
    const correcting = ciso.getByRole('dialog', { name: 'Correct the answers' });
    await correcting.getByLabel('Which release?').fill('2026.11');
    await picture(ciso, 'approval-correct-answers');
    expect(await accessibilityProblems(ciso)).toEqual([]);
    await correcting.getByRole('button', { name: 'Save' }).click();
    await ciso.getByText('2026.11').waitFor();
    expect((await decide(await stage.play.as('ciso'), id, 'Approve')).status).toBe(204);

    await stage.play.move('P5D');
    const requestor = await stage.enter('requestor', '/packages?tab=active');
    await requestor.getByRole('button', { name: 'Extend: Deployment' }).click();
    const extending = requestor.getByRole('dialog', { name: 'Extend Deployment' });
    await extending.getByText(/^The same people who approved it decide about the extension/).waitFor();
    await extending.getByLabel('Business justification').fill('The release is late');
    await picture(requestor, 'package-extend');
    expect(await accessibilityProblems(requestor)).toEqual([]);
    await extending.getByRole('button', { name: 'Extend' }).click();
    await requestor.waitForURL(/\/requests\//);
    await heading(requestor, 'Deployment');
    await requestor.getByText('Extension or change').waitFor();
    await requestor.getByText('Stage 1: waits for a decision').waitFor();

    await ciso.goto('/approvals');
    await ciso.getByRole('link', { name: /^Review what Rio Requestor asks for/ }).click();
    await ciso.getByText('Extension or change').waitFor();
    await ciso.getByText('The release is late').waitFor();
    await ciso.getByLabel('Reason').fill('One more week');
    await picture(ciso, 'approval-extension');
    expect(await accessibilityProblems(ciso)).toEqual([]);
    await press(ciso, 'Approve');
    await requestor.getByText('Stage 1: approved by Cy Ciso').waitFor();
    await requestor.goto('/packages?tab=active');
    await requestor.getByRole('row').filter({ hasText: 'Deployment' }).getByText('10 days left').waitFor();
    for (const page of [requestor, ciso]) await page.context().close();
  });
});
