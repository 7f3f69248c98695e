import { parseAddress, type Segment } from './address.ts';
import type { Operation } from './declaration.ts';
import known from './known-operations.json' with { type: 'json' };
import { createOperationTable } from './operation-table.ts';
import { resolvePath } from './path.ts';
import type { Registry } from './registry.ts';

/** One operation of Microsoft's contract. */
export interface ContractOperation {
  /** `GET /groups/{group-id}/members`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  /** Whether it is one of those that people script both doors with. */
  readonly isCore: boolean;
}

/**
 * The operations of Microsoft Graph v1.0 around users, groups, roles, entitlement management and PIM: what a client
 * may expect here. Source: Microsoft's OpenAPI description of Graph, by way of its SDKs.
 */
export const contractOperations: readonly ContractOperation[] = [
  ...known.core.map((name) => operationNamed(name, true)),
  ...known.others.map((name) => operationNamed(name, false)),
];

function operationNamed(name: string, isCore: boolean): ContractOperation {
  const [method = '', path = ''] = name.split(' ');
  return { name, method, path, isCore };
}

const named = new Map(contractOperations.map((one) => [`${one.method} ${templateOf(one)}`, one.name]));
const table = createOperationTable(
  [...named.keys()].map((key): Operation => {
    const [method = '', path = ''] = key.split(' ');
    return { method: method as Operation['method'], path, run: unrun };
  }),
  [],
);

/** The operation of the contract that a method and a path mean, by its name there; null if there is none. */
export function knownOperation(method: string, segments: readonly Segment[]): string | null {
  const found = table.find(method, segments, false);
  return found === null ? null : (named.get(`${method} ${found.operation.path}`) ?? null);
}

/** Whether a registry has an operation of the contract: a read of a declared set, or an operation of its own. */
export function isBuilt(registry: Registry, { method, path }: ContractOperation): boolean {
  const { segments } = parseAddress(path.replace(/'\{[^}]*\}'/g, "'x'").replace(/\{[^}]*\}/g, sampleId));
  if (registry.operations.find(method, segments, false) !== null) return true;
  if (method !== 'GET') return false;
  try {
    resolvePath(registry, segments);
    return true;
  } catch {
    return false;
  }
}

const sampleId = '00000000-0000-4000-8000-000000000001';

/** Names of parameters do not matter, and arguments of functions are no part of a path. */
function templateOf({ path }: Pick<ContractOperation, 'path'>): string {
  let count = 0;
  return path.replace(/\([^)]*\)/g, '').replace(/\{[^}]+\}/g, () => {
    count += 1;
    return `{${count}}`;
  });
}

async function unrun(): Promise<never> {
  throw new Error('An operation of the contract is matched here, never run');
}
