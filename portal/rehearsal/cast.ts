import { useGet } from '../api/queries.ts';

/** Who there is to be, as `GET /rehearsal` answers. */
export interface Cast {
  /** The whole design, or its people only. */
  readonly beganWith: 'people' | 'design';
  readonly users: readonly CastMember[];
}

export interface CastMember {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly jobTitle: string | null;
  readonly managerId: string | null;
}

/** Reads the cast. Only a rehearsal has one. */
export function useCast() {
  return useGet<Cast>('/rehearsal');
}
