export {
  awaitsApproval,
  demandAll,
  evaluate,
  type RequestFacts,
  type RequirementKind,
  type RequirementResult,
  type Requirements,
} from './model.ts';
