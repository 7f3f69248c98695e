export { approvalActivities } from './activities.ts';
export { approvalSets, approvalsOf, approverOf } from './entity.ts';
export type { ApprovalState, ApproverRule, SponsorSide, StageSnapshot } from './model.ts';
export {
  type ApproverPorts,
  approvalState,
  approvalSubscribers,
  decideStage,
  openApproval,
  withdrawApproval,
} from './operations.ts';
