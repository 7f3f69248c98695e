import type { Named } from '../../api/names.ts';
import type { Picked } from '../../parts/picked.ts';
import type { PolicyDraft, SubjectSet } from './draft.ts';

const graph = '#microsoft.graph.';

/** How somebody stands to the requestor, as Graph names it. */
export const relations = [
  'requestorManager',
  'targetManager',
  'targetUserSponsors',
  'internalSponsors',
  'externalSponsors',
] as const;
export type Relation = (typeof relations)[number];

/** What a set is: a person, a group, an organization, or the relation it names; null for what nobody can write here. */
export function kindOf(set: SubjectSet): 'user' | 'group' | 'organization' | 'rule' | Relation | null {
  const name = set['@odata.type'].replace(graph, '');
  if (name === 'singleUser') return 'user';
  if (name === 'groupMembers') return 'group';
  if (name === 'connectedOrganizationMembers') return 'organization';
  if (name === 'attributeRuleMembers') return 'rule';
  return relations.find((one) => one === name) ?? null;
}

/** The set of those who stand so to the requestor; managers of a level, 1 being the direct one. */
export function relationSet(relation: Relation, managerLevel = 1): SubjectSet {
  const type = `${graph}${relation}`;
  return relation.endsWith('Manager') ? { '@odata.type': type, managerLevel } : { '@odata.type': type };
}

/** The set that something picked stands for. */
export function setOf({ kind, id }: Picked): SubjectSet {
  if (kind === 'user') return { '@odata.type': `${graph}singleUser`, userId: id };
  if (kind === 'group') return { '@odata.type': `${graph}groupMembers`, groupId: id };
  if (kind === 'organization') {
    return { '@odata.type': `${graph}connectedOrganizationMembers`, connectedOrganizationId: id };
  }
  const [relation = 'requestorManager', level = '1'] = id.split(':');
  return relationSet(relations.find((one) => one === relation) ?? 'requestorManager', Number(level));
}

/** The id under which a set is picked: of a relation, its name and level. */
export function pickedId(set: SubjectSet): string {
  const named = set.userId ?? set.groupId ?? set.connectedOrganizationId;
  if (named !== undefined) return named;
  const name = set['@odata.type'].replace(graph, '');
  return name.endsWith('Manager') ? `${name}:${set.managerLevel ?? 1}` : name;
}

/** A set as something picked. `say` gives the words for a relation. */
export function pickedOf(
  set: SubjectSet,
  names: ReadonlyMap<string, Named>,
  say: (relation: Relation, level: number) => string,
): Picked {
  const id = pickedId(set);
  const kind = kindOf(set);
  if (kind === 'user' || kind === 'group' || kind === 'organization') {
    return { kind, id, displayName: names.get(id)?.displayName ?? id };
  }
  return {
    kind: 'relation',
    id,
    displayName: say(kind === null || kind === 'rule' ? 'requestorManager' : kind, set.managerLevel ?? 1),
  };
}

/** The ids of all whom a policy names, to ask what they are called. */
export function idsIn(
  draft: Pick<PolicyDraft, 'specificAllowedTargets' | 'requestorSettings' | 'requestApprovalSettings'>,
): string[] {
  const sets = [
    ...draft.specificAllowedTargets,
    ...draft.requestorSettings.onBehalfRequestors,
    ...draft.requestApprovalSettings.stages.flatMap((stage) => [
      ...stage.primaryApprovers,
      ...stage.fallbackPrimaryApprovers,
      ...stage.escalationApprovers,
      ...stage.fallbackEscalationApprovers,
    ]),
  ];
  return sets.flatMap(({ userId, groupId }) => userId ?? groupId ?? []);
}
