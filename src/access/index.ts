export { knownPermissions, may, operationsByPermission, operationsFor, readerMay, satisfies } from './may.ts';
export { designPermissions } from './permissions.ts';
export { roleIds } from './roles.ts';
export { type AccessOperation, accessTable, type Relation } from './table.ts';
