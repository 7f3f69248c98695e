import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';

export type ProcessingState = 'On' | 'Paused';

export type Visibility = 'Public' | 'Private' | 'HiddenMembership';

/** What is known about a group, apart from who is in it, which the ledger of grants says. */
export interface GroupAttributes {
  readonly displayName: string;
  readonly description: string | null;
  readonly mailNickname: string;
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly groupTypes: readonly string[];
  readonly membershipRule: string | null;
  readonly membershipRuleProcessingState: ProcessingState | null;
  readonly isAssignableToRole: boolean;
  readonly visibility: Visibility | null;
  readonly uniqueName: string | null;
  readonly classification: string | null;
  readonly theme: string | null;
  readonly preferredDataLocation: string | null;
  readonly preferredLanguage: string | null;
}

export interface Group extends GroupAttributes {
  readonly id: Id;
  readonly createdAt: Instant;
  /** When the group was deleted; it can be restored for 30 days. */
  readonly deletedAt: Instant | null;
  /** Whether a rule decides who is a member. */
  readonly isDynamic: boolean;
}
