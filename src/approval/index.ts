export { approvalActivities } from './activities.ts';
export { approvalSets, approvalsOf, approverOf } from './entity.ts';
export type { ApprovalState, ApproverRule, StageSnapshot } from './model.ts';
export {
  approvalState,
  approvalSubscribers,
  decideStage,
  openApproval,
  withdrawApproval,
} from './operations.ts';
