import { call } from '../../../api/client.ts';
import type { Picked } from '../../../parts/picked.ts';
import { keepPolicy } from '../../policy/keep.ts';
import { entitlements } from '../../wire.ts';
import type { GivenRole, Made, PackageDraft } from './draft.ts';

/** One thing to make. */
export interface Task {
  readonly kind: 'package' | 'role' | 'roleGone' | 'policy' | 'duty' | 'dutyGone';
  /** What it is about, by its name. */
  readonly name: string;
  /** Makes it, or makes it as it is wanted now. Gives what there is then; `note` hears of what is there on the way. */
  run(made: Made, note: (made: Made) => void): Promise<Made>;
}

/**
 * What is to be done so that there is what a draft says, given what exists already: in an order in which each can
 * stand on those before it. Everything can be done again, so that who failed half way goes on with the same list.
 */
export function tasksFor(draft: PackageDraft): readonly Task[] {
  const { made } = draft;
  const wanted = new Set(draft.roles.map(({ role }) => role.originId));
  const duties = new Set(draft.incompatible.map(({ id }) => id));
  return [
    { kind: 'package', name: draft.displayName, run: (before) => makePackage(draft, before) },
    ...Object.keys(made.roles)
      .filter((originId) => !wanted.has(originId))
      .map((originId): Task => ({ kind: 'roleGone', name: originId, run: (before) => dropRole(originId, before) })),
    ...draft.roles.map(
      (given): Task => ({
        kind: 'role',
        name: `${given.resource.displayName} · ${given.role.displayName}`,
        run: (before) => giveRole(given, before),
      }),
    ),
    { kind: 'policy', name: draft.policy.displayName, run: (before, note) => makePolicy(draft, before, note) },
    ...draft.incompatible.map(
      (one): Task => ({ kind: 'duty', name: one.displayName, run: (before) => exclude(one, before) }),
    ),
    ...made.duties
      .filter((id) => !duties.has(id))
      .map((id): Task => ({ kind: 'dutyGone', name: id, run: (before) => include(id, before) })),
  ];
}

/** Whether a task has been done, by what there is. */
export function isDone(task: Task, draft: PackageDraft): boolean {
  const { made } = draft;
  switch (task.kind) {
    case 'package':
      return made.packageId !== null;
    case 'role':
      return draft.roles.some(
        ({ resource, role }) =>
          `${resource.displayName} · ${role.displayName}` === task.name && made.roles[role.originId] !== undefined,
      );
    case 'policy':
      return made.isPolicyWhole;
    case 'duty':
      return draft.incompatible.some(({ id, displayName }) => displayName === task.name && made.duties.includes(id));
    case 'roleGone':
    case 'dutyGone':
      return false;
    default:
      return task.kind satisfies never;
  }
}

async function makePackage(draft: PackageDraft, made: Made): Promise<Made> {
  const body = {
    displayName: draft.displayName,
    description: draft.description === '' ? null : draft.description,
    isHidden: draft.isHidden,
  };
  if (made.packageId !== null) {
    await call(`${entitlements}/accessPackages/${made.packageId}`, { method: 'PATCH', body });
    return made;
  }
  const { id } = await call<{ id: string }>(`${entitlements}/accessPackages`, {
    method: 'POST',
    body: { ...body, catalog: { id: draft.catalog?.id } },
  });
  return { ...made, packageId: id };
}

/** The body by which a package gives a role of a resource. */
export function roleScopeBody({ resource, role }: GivenRole) {
  const { id, originId, originSystem } = resource;
  return {
    role: { ...role, resource: { id, originId, originSystem } },
    scope: { originId, originSystem, isRootScope: true },
  };
}

async function giveRole(given: GivenRole, made: Made): Promise<Made> {
  const { originId } = given.role;
  if (made.roles[originId] !== undefined) return made;
  const { id } = await call<{ id: string }>(`${entitlements}/accessPackages/${made.packageId}/resourceRoleScopes`, {
    method: 'POST',
    body: roleScopeBody(given),
  });
  return { ...made, roles: { ...made.roles, [originId]: id } };
}

async function dropRole(originId: string, made: Made): Promise<Made> {
  const { [originId]: scopeId, ...roles } = made.roles;
  await call(`${entitlements}/accessPackages/${made.packageId}/resourceRoleScopes/${scopeId}`, { method: 'DELETE' });
  return { ...made, roles };
}

async function makePolicy({ policy }: PackageDraft, made: Made, note: (made: Made) => void): Promise<Made> {
  let { policyId } = made;
  await keepPolicy({
    draft: policy,
    packageId: made.packageId ?? '',
    policyId,
    made: (id) => {
      policyId = id;
      note({ ...made, policyId });
    },
  });
  return { ...made, policyId, isPolicyWhole: true };
}

const navigationOf = (kind: Picked['kind']) => (kind === 'group' ? 'incompatibleGroups' : 'incompatibleAccessPackages');

/** The address by which Graph is told which package or group is meant. */
export function referenceTo({ id, kind }: Pick<Picked, 'id' | 'kind'>): { readonly '@odata.id': string } {
  const path = kind === 'group' ? `/v1.0/groups/${id}` : `${entitlements}/accessPackages/${id}`;
  return { '@odata.id': `https://graph.microsoft.com${path}` };
}

async function exclude(one: Picked, made: Made): Promise<Made> {
  if (made.duties.includes(one.id)) return made;
  const path = `${entitlements}/accessPackages/${made.packageId}/${navigationOf(one.kind)}/$ref`;
  await call(path, { method: 'POST', body: referenceTo(one) });
  return { ...made, duties: [...made.duties, one.id] };
}

async function include(id: string, made: Made): Promise<Made> {
  const at = (kind: Picked['kind']) =>
    `${entitlements}/accessPackages/${made.packageId}/${navigationOf(kind)}/${id}/$ref`;
  await call(at('package'), { method: 'DELETE' }).catch(() => call(at('group'), { method: 'DELETE' }));
  return { ...made, duties: made.duties.filter((one) => one !== id) };
}
