import type { ComponentType } from 'react';

/** A page: its path (`/requests/$requestId`), and the file that is loaded when somebody comes. */
export interface PageEntry {
  readonly path: string;
  load(): Promise<ComponentType>;
}
