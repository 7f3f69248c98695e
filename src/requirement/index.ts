export {
  awaitsApproval,
  demandAll,
  evaluate,
  isFresh,
  type Lack,
  lacking,
  type RequestFacts,
  type Requirements,
} from './model.ts';
