import { expect } from 'vitest';
import { type GraphVersion, validateBody } from './validate.ts';

/** Fails the test unless the body is what Microsoft's contract says of the type, or a collection of it. */
export function expectContract(typeName: string, body: unknown, version: GraphVersion = 'v1.0'): void {
  expect(validateBody(typeName, body, version), `not the contract of ${typeName}`).toEqual([]);
}
