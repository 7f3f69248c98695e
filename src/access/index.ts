export { type Authority, may, satisfies } from './may.ts';
export { type NamedRole, roleIds } from './roles.ts';
export { type AccessOperation, accessTable, type Relation, type Rule } from './table.ts';
