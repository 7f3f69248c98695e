import { describe, expect, test } from 'vitest';
import { declaredRegistry } from '../../docs/generator/declared.ts';
import { parseAddress } from './address.ts';
import { contractOperations, isBuilt, knownOperation } from './known.ts';

const registry = declaredRegistry();
const known = (method: string, url: string) => knownOperation(method, parseAddress(url).segments);

describe('the operations of the contract', () => {
  test('are known by their paths, whatever the keys and arguments', () => {
    expect(known('DELETE', '/v1.0/auditLogs/directoryAudits/1')).toBe(
      'DELETE /auditLogs/directoryAudits/{directoryAudit-id}',
    );
    expect(known('GET', "/identityGovernance/accessReviews/definitions/filterByCurrentUser(on='reviewer')")).toBe(
      "GET /identityGovernance/accessReviews/definitions/filterByCurrentUser(on='{on}')",
    );
    expect(known('GET', '/unheardOf')).toBeNull();
    expect(
      contractOperations.every(({ method, path }) => known(method, path.replace(/\{[^}]*\}/g, 'x')) !== null),
    ).toBe(true);
  });

  /** Core operations that are not there: access reviews. */
  test('that people script both doors with are built, but for access reviews', () => {
    const missing = contractOperations.filter((one) => one.isCore && !isBuilt(registry, one)).map(({ name }) => name);
    const reviews = missing.filter((name) => name.includes('/accessReviews/'));
    expect(reviews).toHaveLength(21);
    expect(missing.filter((name) => !reviews.includes(name))).toEqual([]);
  });
});
