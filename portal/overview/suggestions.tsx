import { lazy, Suspense } from 'react';

// Comes after what needs the person.
const Suggested = lazy(async () => ({ default: (await import('../packages/suggested.tsx')).Suggested }));

/** What people in the same place have. */
export function Suggestions() {
  return (
    <Suspense fallback={null}>
      <Suggested most={3} />
    </Suspense>
  );
}
