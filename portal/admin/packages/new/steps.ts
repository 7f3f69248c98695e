import { isInside } from '../../../parts/fault.ts';
import type { PolicyForm } from '../../policy/form.tsx';
import type { PackageDraft } from './draft.ts';

/** The steps to a new package, in their order. */
export const stepIds = ['basics', 'roles', 'requests', 'questions', 'lifecycle', 'extensions', 'review'] as const;
export type StepId = (typeof stepIds)[number];

/** Properties of the policy that each step is about: where what is wrong with them is put right. */
export const policyPaths: Readonly<Record<StepId, readonly string[]>> = {
  basics: [],
  roles: [],
  requests: [
    'displayName',
    'description',
    'allowedTargetScope',
    'specificAllowedTargets',
    'requestorSettings',
    'requestApprovalSettings',
    'notificationSettings',
  ],
  questions: ['questions'],
  lifecycle: ['expiration'],
  extensions: [],
  review: [],
};

/** What the server needs before it can be asked for a package at all, by the paths of their fields. */
export function lackingIn(draft: PackageDraft): readonly string[] {
  return [
    ...(draft.displayName.trim() === '' ? ['displayName'] : []),
    ...(draft.description.trim() === '' ? ['description'] : []),
    ...(draft.catalog === null ? ['catalog'] : []),
  ];
}

/** Where something is wrong in a step: what is lacking, and what the server would refuse. */
export function wrongIn(id: StepId, draft: PackageDraft, form: PolicyForm): readonly string[] {
  if (id === 'basics') return lackingIn(draft);
  return form.faults
    .map(({ target }) => target ?? '')
    .filter((target) => policyPaths[id].some((path) => isInside(target, path)));
}
