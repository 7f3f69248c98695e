export {
  awaitsApproval,
  demandAll,
  evaluate,
  type Lack,
  lacking,
  type RequestFacts,
  type Requirements,
} from './model.ts';
