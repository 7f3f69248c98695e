import { isSilent } from '../../entitlements/index.ts';
import type { PrivilegeKind } from '../../grants/index.ts';
import type { Id } from '../../kernel/ids.ts';
import type { ReadDb } from '../../platform/events.ts';
import {
  loadNotificationRule,
  type NotificationRule,
  privilegeOfRequest,
  type RuleId,
} from '../../privileged/index.ts';
import { type Audience, recipientTypes } from '../audiences.ts';
import type { Occasion } from '../occasion.ts';
import type { MailRule } from '../rule.ts';
import { peopleOf } from './audience.ts';

/** Who is written to: people of the directory, and addresses that a rule of PIM names. */
export interface Recipients {
  readonly ids: readonly Id[];
  readonly addresses: readonly string[];
}

/**
 * Who is told of an event, as settled now: by the audiences of the mail, the policy of the package
 * (`notificationSettings`) and PIM's rules on notifications. However many there are, nobody is left out (Entra stops
 * silently after 1,000).
 */
export async function recipientsOf(db: ReadDb, rule: MailRule, occasion: Occasion): Promise<Recipients> {
  if (rule.when?.(occasion) === false) return { ids: [], addresses: [] };
  if (rule.isOfAssignment && (await isSilent(db, String(occasion.data['policyId'])))) return { ids: [], addresses: [] };
  const ids = new Set<Id>();
  const addresses = new Set<string>();
  for (const audience of rule.to) {
    const wish = await wishOf(db, rule, audience, occasion);
    const isWanted = wish === null || isMailWanted(wish, rule.wantsAction === true);
    if (!isWanted) continue;
    for (const address of wish?.notificationRecipients ?? []) addresses.add(address.toLowerCase());
    if (wish?.isDefaultRecipientsEnabled === false) continue;
    for (const id of await peopleOf(db, audience, occasion)) ids.add(id);
  }
  return { ids: [...ids], addresses: [...addresses] };
}

/** Graph: `notificationLevel` is None, Critical (what wants an action) or All. */
function isMailWanted({ notificationLevel }: NotificationRule, wantsAction: boolean): boolean {
  return notificationLevel === 'All' || (notificationLevel === 'Critical' && wantsAction);
}

/** What PIM's rules say of mails to an audience; null where no rule speaks of them. */
async function wishOf(
  db: ReadDb,
  { pim }: MailRule,
  audience: Audience,
  occasion: Occasion,
): Promise<NotificationRule | null> {
  const recipient = recipientTypes[audience];
  if (pim === undefined || recipient === undefined) return null;
  const privilege = privilegeOf(occasion) ?? (await privilegeOfRequest(db, occasion.subject));
  if (privilege === null) return null;
  const ruleId = `Notification_${recipient}_${pim.caller}_${pim.level}` as RuleId;
  return loadNotificationRule(db, { ...privilege, ruleId }, occasion.at);
}

function privilegeOf({ data }: Occasion): { kind: PrivilegeKind; privilegeId: Id } | null {
  const { privilegeKind, privilegeId } = data;
  if (typeof privilegeKind !== 'string' || typeof privilegeId !== 'string') return null;
  return { kind: privilegeKind as PrivilegeKind, privilegeId };
}
