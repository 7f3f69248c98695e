import { bool, guid, listOf, nullable, required, shape, text } from '../../graph/schema.ts';

/** `checkMemberGroups`. */
export const groupIdsBody = shape({ groupIds: required(listOf(guid(), { maxItems: 20 })) });

/** `checkMemberObjects`. */
export const idsBody = shape({ ids: required(listOf(guid(), { maxItems: 20 })) });

/** `getMemberGroups` and `getMemberObjects`. */
export const securityOnlyBody = shape({ securityEnabledOnly: nullable(bool()) });

/** `directoryObjects/getByIds`. */
export const getByIdsBody = shape({
  ids: required(listOf(guid(), { maxItems: 1000 })),
  types: nullable(listOf(text({ maxLength: 64 }), { maxItems: 20 })),
});

/** `POST /directoryRoles`. */
export const newDirectoryRoleBody = shape({ roleTemplateId: required(guid()) });

/**
 * `deletedItems/{id}/restore`. Sallyport keeps no proxy addresses, so that none can be in conflict: which of the two
 * ways to reconcile them is asked for makes no difference.
 */
export const restoreBody = shape({ autoReconcileProxyConflict: nullable(bool()) });
