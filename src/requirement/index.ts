export {
  awaitsApproval,
  demandAll,
  evaluate,
  type RequestFacts,
  type Requirements,
} from './model.ts';
