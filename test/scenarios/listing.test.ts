import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../postgres.ts';
import { passFirstDoor } from './doors.ts';
import { openPlay, type Play } from './play.ts';

const entitlements = '/identityGovernance/entitlementManagement';
const roles = '/roleManagement/directory';
const groups = '/identityGovernance/privilegedAccess/group';
const audits = '/auditLogs/directoryAudits';
const scope = "$filter=scopeId eq '/' and scopeType eq 'DirectoryRole'";

describe.each(databaseKinds)('whoever has no business with a collection, on %s', (kind) => {
  let play: Play;
  beforeAll(async () => {
    play = await openPlay(kind);
  });
  afterAll(() => play?.close());

  it.each([
    audits,
    `${audits}/$count`,
    `${roles}/roleEligibilitySchedules`,
    `${roles}/roleAssignmentScheduleInstances`,
    `${roles}/roleAssignmentScheduleRequests`,
    `${groups}/eligibilitySchedules?$filter=principalId eq '5bd6c8a3-7cd0-44b9-9fd8-5b1f1c6b9bd4'`,
    `/policies/roleManagementPolicies?${scope}`,
  ])('is told so: %s', async (path) => {
    const helpdesk = await play.as('helpdesk');
    const refused = await helpdesk.get(path);
    expect(`${refused.status} ${refused.body['error']?.['code']}`).toBe('403 Authorization_RequestDenied');
    expect((await (await play.as('admin')).get(path)).status).toBe(200);
  });

  it('may ask for their own, of which there is none', async () => {
    const helpdesk = await play.as('helpdesk');
    for (const path of [
      `${entitlements}/assignments`,
      `${entitlements}/assignmentRequests`,
      `${roles}/roleAssignmentScheduleInstances?$filter=principalId eq '${helpdesk.id}'`,
      `${entitlements}/assignments/filterByCurrentUser(on='target')`,
      `${entitlements}/assignmentRequests/filterByCurrentUser(on='target')`,
      `${entitlements}/accessPackages`,
      `${roles}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')`,
      `${groups}/assignmentScheduleInstances/filterByCurrentUser(on='principal')`,
    ]) {
      expect(await helpdesk.get(path), path).toMatchObject({ status: 200, body: { value: [] } });
    }
  });

  it('lists what is theirs once there is something', async () => {
    const requestor = await play.as('requestor');
    const schedules = `${roles}/roleEligibilitySchedules`;
    expect((await requestor.get(schedules)).status).toBe(403);
    await passFirstDoor(play, requestor);
    expect(await requestor.get(schedules)).toMatchObject({ status: 200, body: { value: [{ directoryScopeId: '/' }] } });
    const none = await requestor.get(`${schedules}?$filter=status eq 'Revoked'`);
    expect(none).toMatchObject({ status: 200, body: { value: [] } });
  });

  it('is told so as an application, which has nothing of its own', async () => {
    const reporting = await play.asApp('Reporting');
    expect((await reporting.get(audits)).status).toBe(200);
    expect((await reporting.get('/users')).status).toBe(200);
    expect((await reporting.get(`${roles}/roleEligibilitySchedules`)).status).toBe(403);
    expect((await reporting.get(`/policies/roleManagementPolicies?${scope}`)).status).toBe(403);
    const eligible = '/identityGovernance/privilegedAccess/group/eligibilityScheduleRequests';
    expect(await reporting.get(eligible)).toMatchObject({ status: 400, body: { error: { target: '$filter' } } });
  });

  it('leaves a trace of having tried', async () => {
    const helpdesk = await play.as('helpdesk');
    const { headers } = await helpdesk.get(`${roles}/roleAssignmentSchedules?$top=1`);
    const event = `additionalDetails/any(d: d/key eq 'requestId' and d/value eq '${headers.get('request-id')}')`;
    const { body } = await (await play.as('admin')).get(`${audits}?$filter=${event}`);
    expect(body['value']).toMatchObject([
      { activityDisplayName: 'List collection', result: 'failure', initiatedBy: { user: { id: helpdesk.id } } },
    ]);
  });
});
