import type { Id } from './ids.ts';

/** A thing that an event happened to, as `targetResources` of Graph's `directoryAudit` names it. */
export interface EventTarget {
  readonly id: string;
  readonly type: string;
  readonly displayName?: string | null;
  readonly userPrincipalName?: string | null;
  readonly modifiedProperties?: readonly { displayName: string; oldValue: string | null; newValue: string | null }[];
}

/** Something that happened. It is saved in the transaction that makes it true, and never changed. */
export interface NewEvent {
  /** Stable name, `subject.happened`, such as `assignment-request.submitted`. */
  readonly type: string;
  /** The id of what the event is about; for a path-less subject, its name. */
  readonly subject: string;
  /** Ties a story together, from request to removal. */
  readonly correlation: Id;
  readonly targets?: readonly EventTarget[];
  /** The person's own words: justification or reason. */
  readonly reason?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Where an event type shows in Graph's `directoryAudits`; names from Microsoft's audit activity reference. */
export interface Activity {
  readonly name: string;
  readonly category: string;
  readonly service: string;
  readonly operation: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign' | 'Read' | 'Other';
}

/** Each capability's own event types, with how the audit log shows them. */
export type Activities = Readonly<Record<string, Activity>>;
