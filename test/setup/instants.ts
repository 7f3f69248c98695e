import { expect } from 'vitest';

// Vitest compares objects by their own properties, of which a `Temporal.Instant` has none: without this,
// `toMatchObject` takes any two instants for equal.
expect.addEqualityTesters([
  function instants(a: unknown, b: unknown): boolean | undefined {
    const isInstant = [a, b].map((one) => one instanceof Temporal.Instant);
    if (!isInstant.includes(true)) return undefined;
    return a instanceof Temporal.Instant && b instanceof Temporal.Instant && a.equals(b);
  },
]);
