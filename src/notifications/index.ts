import { loadPeople } from '../directory/index.ts';
import type { Consumer, StoredEvent } from '../platform/events.ts';
import { compose } from './compose.ts';
import { mailRules } from './mails.ts';
import { recipientsOf } from './operations/recipients.ts';
import type { Names } from './rule.ts';
import { type Recipient, saveMail } from './store.ts';

export { createSender, type Sender } from './operations/sending.ts';
export { openPost } from './operations/smtp.ts';
export { loadMails } from './store.ts';

/**
 * Writes the mails that an event calls for, one for each person, in the transaction that moves this consumer's place
 * in the event log. Recipients without an account that is in use are left out; refused attempts are mailed to nobody.
 * @param baseUrl where links lead, such as `https://localhost:8443`
 */
export function notificationConsumer(baseUrl: () => string): Consumer {
  return async (db, event) => {
    const rule = event.result === 'success' ? mailRules[event.type] : undefined;
    if (rule === undefined) return;
    const { ids, addresses } = await recipientsOf(db, rule, event);
    if (ids.length + addresses.length === 0) return;
    const people = new Map((await loadPeople(db, event.at, [...ids, ...idsIn(event)])).map((one) => [one.id, one]));
    const names: Names = {
      person: (id) => people.get(String(id))?.displayName ?? 'Somebody',
      link: (path) => `${baseUrl()}${path.startsWith('/beta/') ? '' : '/v1.0'}${path}`,
    };
    const mail = compose(rule.message(event, names));
    const approvalId = rule.wantsAction && event.type.includes('-approval.') ? event.subject : null;
    const usable = ids.flatMap((id) => people.get(id) ?? []).filter(({ accountEnabled }) => accountEnabled);
    const written = usable.map(
      ({ id, mail: address, userPrincipalName }): Recipient => ({
        id,
        address: address ?? userPrincipalName,
        approvalId,
      }),
    );
    const known = new Set(written.map(({ address }) => address.toLowerCase()));
    const named = addresses.filter((address) => !known.has(address));
    const others = named.map((address): Recipient => ({ id: null, address, approvalId: null }));
    for (const recipient of [...written, ...others]) await saveMail(db, event, recipient, mail);
  };
}

/** The people that an event names, whom a message may speak of. */
function idsIn(event: StoredEvent): string[] {
  const { requestorId, subjectId, targetId, principalId } = event.data;
  return [event.actorId, requestorId, subjectId, targetId, principalId].filter((id) => typeof id === 'string');
}
