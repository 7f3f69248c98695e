export { type ApprovalHappening, approvalActivities, approvalEvent } from './activities.ts';
export { type ApprovalFace, approvalSets, approvalsOf, approverOf, decidableBy } from './entity.ts';
export type { About, ApprovalState, ApproverRule, Door, StageSnapshot } from './model.ts';
export {
  type ApproverPorts,
  approvalState,
  approvalSubscribers,
  decideStage,
  type OpenApproval,
  openApproval,
  type StageDecision,
  withdrawApproval,
} from './operations.ts';
