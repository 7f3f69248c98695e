export { approvalActivities } from './activities.ts';
export { casesOf } from './asked/entity.ts';
export {
  type ApprovalSeen,
  decidedStages,
  foreseeVote,
  hasPartIn,
  isApprover,
  seeApproval,
  waitingFor,
} from './asked/operations.ts';
export { approvalDue } from './due.ts';
export { approvalSets, approvalsOf, approverOf, awaitsDecisionOf } from './entity.ts';
export type { ApprovalState, ApproverRule, Escalation, StageSnapshot } from './model.ts';
export type { ApproverPorts } from './operations/approvers.ts';
export {
  approvalState,
  decideStage,
  demandDecider,
  foreseeTakeBack,
  hasApproved,
  openApproval,
  takeApprovalBack,
  withdrawApproval,
} from './operations/decide.ts';
export { foreseeStages } from './operations/foresee.ts';
export { approvalSubscribers } from './operations/refresh.ts';
export { concernedBy, partsIn } from './operations/told.ts';
export { unreachableStages } from './reachability.ts';
