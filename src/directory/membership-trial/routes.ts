import type { GraphFace, Operation } from '../../graph/declaration.ts';
import { look } from '../../graph/perform.ts';
import type { Runtime } from '../../platform/transaction.ts';
import { builderProperties, expressionsAtMost } from '../membership-rule/index.ts';
import {
  propertiesAnswer,
  type TrialBody,
  trialAnswer,
  trialBody,
  usersAtMost,
  type ValidationBody,
  validationAnswer,
  validationBody,
} from './contract.ts';
import { authoriseTrial, tryRule, validateRule } from './operations.ts';

/** What refused attempts are recorded under: nothing is changed here. */
const attempts = 'group.evaluated';

/** `/sallyport/membershipRules`: rules before any group has them. */
export function ownMembershipRules(runtime: Runtime): GraphFace {
  const validate: Operation<ValidationBody> = {
    method: 'POST',
    path: '/membershipRules/validate',
    says: 'Says whether a text is a membership rule and where it goes wrong, and gives it as lines of a rule builder and back.',
    body: validationBody,
    answers: validationAnswer,
    async run(call) {
      const { membershipRule = null, expressions = null, groupId = null } = call.body;
      const lines = expressions?.map(({ connector = null, ...line }) => ({ connector, ...line })) ?? null;
      const body = await look(runtime, call, attempts, groupId ?? undefined, async (tx) => {
        await authoriseTrial(tx, groupId?.toLowerCase() ?? null);
        return validateRule({ membershipRule, expressions: lines });
      });
      return { status: 200, body, context: 'sallyport.membershipRuleValidation' };
    },
  };
  const tryOut: Operation<TrialBody> = {
    method: 'POST',
    path: '/membershipRules/try',
    says: 'Says whom a membership rule would take in, and why: of some users each, of all how many and the first 50.',
    body: trialBody,
    answers: trialAnswer,
    async run(call) {
      const { membershipRule, userIds = null, groupId = null } = call.body;
      const asked = { membershipRule, userIds: userIds?.map((id) => id.toLowerCase()) ?? null, atMost: usersAtMost };
      const body = await look(runtime, call, attempts, groupId ?? undefined, async (tx) => {
        await authoriseTrial(tx, groupId?.toLowerCase() ?? null);
        return tryRule(tx, asked);
      });
      return { status: 200, body, context: 'sallyport.membershipRuleTrial' };
    },
  };
  const properties: Operation = {
    method: 'GET',
    path: '/membershipRules/properties',
    says: 'Lists the properties of users that membership rules know, with the operators that each takes.',
    answers: propertiesAnswer,
    run: async () => ({
      status: 200,
      body: { expressionsAtMost, value: builderProperties() },
      context: 'Collection(sallyport.membershipRuleProperty)',
    }),
  };
  return { sets: [], mounts: {}, operations: [validate, tryOut, properties] as Operation[] };
}
