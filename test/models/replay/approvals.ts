import type { Logged, Row, Told } from './log.ts';
import { changed, isEarlier, made, rowOf, type Teller } from './teller.ts';

/** How approvals of both doors stand, told from the log alone. */

interface Window {
  readonly user_id: string;
  readonly source: string;
  readonly valid_from: string;
}

/** Who is asked from when on: primary approvers at once, alternates from the escalation. */
function wanted({ at, data }: Logged): Window[] {
  const ids = (name: string) => data[name] as readonly string[];
  const escalatesAt = data['escalatesAt'];
  const from = escalatesAt !== null && isEarlier(at, escalatesAt) ? String(escalatesAt) : at;
  return [
    ...ids('approverIds').map((id) => ({ user_id: id, source: String(data['approverSource']), valid_from: at })),
    ...ids('escalationIds').map((id) => ({ user_id: id, source: String(data['escalationSource']), valid_from: from })),
  ];
}

const isSame = (had: Row, want: Window, at: string) =>
  had['user_id'] === want.user_id &&
  had['source'] === want.source &&
  (had['valid_from'] === want.valid_from || !(isEarlier(at, had['valid_from']) || isEarlier(at, want.valid_from)));

const openWindows = (told: Told, approval: string) =>
  [...told.approval_approver].filter(([, row]) => row['approval_id'] === approval && row['valid_to'] === null);

/** Windows that are no longer wanted close now, or without ever having opened; new ones begin. */
const asked: Teller = (told, event) => {
  const { subject, at, data } = event;
  const stage = data['stage'];
  const before = openWindows(told, subject).filter(([, row]) => row['stage'] === stage);
  const now = wanted(event);
  for (const [key, row] of before) {
    if (now.some((want) => isSame(row, want, at))) continue;
    const from = row['valid_from'];
    changed(told, 'approval_approver', key, { valid_to: isEarlier(at, from) ? from : at });
  }
  for (const want of now) {
    if (before.some(([, row]) => isSame(row, want, at))) continue;
    const row = { approval_id: subject, stage, ...want, valid_to: null };
    told.approval_approver.set(`${subject} ${stage} ${want.user_id} ${want.valid_from}`, row);
  }
};

/** Once a stage is over nobody's window opens any more. */
function closeUnbegun(told: Told, { subject, at }: Logged): void {
  for (const [key, row] of openWindows(told, subject)) {
    const from = row['valid_from'];
    if (isEarlier(at, from)) changed(told, 'approval_approver', key, { valid_to: from });
  }
}

const voted: Teller = (told, event) => {
  const { subject, at, data, reason, actorId, actorName } = event;
  const { stages, allowsSameApproverInSeveralStages } = rowOf(told, 'approval', subject)['snapshot'] as {
    stages: unknown[];
    allowsSameApproverInSeveralStages: boolean;
  };
  made(told, 'vote', {
    approval_id: subject,
    stage: data['stage'],
    voter_id: actorId,
    voter_name: actorName,
    decision: data['decision'],
    justification: reason,
    at,
    may_repeat: allowsSameApproverInSeveralStages,
    taken_back_at: null,
    taken_back_reason: null,
  });
  closeUnbegun(told, event);
  if (data['decision'] === 'deny' || data['stage'] === stages.length) {
    changed(told, 'approval', subject, { decided_at: at });
  }
};

const happenings: Readonly<Record<string, Teller>> = {
  opened: (told, { subject, at, data, correlation }) => {
    const { about, justification, snapshot } = data;
    made(told, 'approval', {
      id: subject,
      door: data['door'],
      requestor_id: data['requestorId'],
      subject_id: data['subjectId'],
      snapshot: { ...(snapshot as Row), about, justification },
      opened_at: at,
      correlation_id: correlation,
      withdrawn_at: null,
      decided_at: null,
      escalation_announced: 0,
      reminded: 0,
    });
  },
  stageOpened: asked,
  approversChanged: asked,
  reminded: (told, { subject, data }) => changed(told, 'approval', subject, { reminded: data['stage'] }),
  escalated: (told, { subject, data }) => changed(told, 'approval', subject, { escalation_announced: data['stage'] }),
  stageApproved: voted,
  stageDenied: voted,
  approvalTakenBack: (told, event) => {
    const { subject, at, reason, data } = event;
    const vote = `${subject} ${data['takenBackStage']}`;
    changed(told, 'vote', vote, { taken_back_at: at, taken_back_reason: reason });
    changed(told, 'approval', subject, { decided_at: at });
    closeUnbegun(told, event);
  },
  withdrawn: (told, event) => {
    changed(told, 'approval', event.subject, { withdrawn_at: event.at });
    closeUnbegun(told, event);
  },
};

export const approvals: Readonly<Record<string, Teller>> = Object.fromEntries(
  ['package-approval', 'activation-approval'].flatMap((door) =>
    Object.entries(happenings).map(([happening, teller]) => [`${door}.${happening}`, teller]),
  ),
);
