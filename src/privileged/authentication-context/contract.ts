import { bool, nullable, readOnly, type Static, shape, text } from '../../graph/schema.ts';

/** An authentication context, as it is made or changed. */
export const contextBody = shape(
  {
    displayName: nullable(text({ maxLength: 256 })),
    description: nullable(text({ maxLength: 1024 })),
    isAvailable: nullable(bool()),
  },
  { readOnly: readOnly('id') },
);

export type ContextBody = Static<typeof contextBody>;
