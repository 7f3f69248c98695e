import { loadPeople, nameTargets } from '../directory/index.ts';
import { packageName } from '../entitlements/index.ts';
import { isId } from '../kernel/ids.ts';
import type { Consumer, ReadDb, StoredEvent } from '../platform/events.ts';
import { type Composed, compose } from './compose.ts';
import { mailRules } from './mails.ts';
import type { Reader } from './occasion.ts';
import { recipientsOf } from './operations/recipients.ts';
import type { Names } from './rule.ts';
import { type Recipient, saveMail } from './store.ts';

export { createSender, type Sender } from './operations/sending.ts';
export { openPost } from './operations/smtp.ts';
export { loadMails } from './store.ts';

/**
 * Writes the mails that an event calls for, one for each person, in the transaction that moves this consumer's place
 * in the event log. Recipients without an account that is in use are left out; refused attempts are mailed to nobody.
 * @param baseUrl where the portal is, such as `https://sallyport.example`
 */
export function notificationConsumer(baseUrl: () => string): Consumer {
  return async (db, event) => {
    const rule = event.result === 'success' ? mailRules[event.type] : undefined;
    if (rule === undefined) return;
    const { ids, addresses } = await recipientsOf(db, rule, event);
    if (ids.length + addresses.length === 0) return;
    const people = new Map((await loadPeople(db, event.at, [...ids, ...idsIn(event)])).map((one) => [one.id, one]));
    const named = new Map(event.targets.map(({ id, displayName }) => [id, displayName]));
    const thing = await nameOfThing(db, event);
    const mailFor = (reader: Reader): Composed => {
      const names: Names = {
        person: (id) => people.get(String(id))?.displayName ?? named.get(String(id)) ?? 'Somebody',
        thing,
        link: (page) => `${baseUrl()}${page}`,
        reader,
      };
      return compose(rule.message(event, names));
    };
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
    const unknown = addresses.filter((address) => !known.has(address));
    const others = unknown.map((address): Recipient => ({ id: null, address, approvalId: null }));
    for (const recipient of [...written, ...others]) {
      await saveMail(db, event, recipient, mailFor(recipient.id));
    }
  };
}

/** What an event is about that names it by kind and id alone. */
async function nameOfThing(db: ReadDb, { data }: StoredEvent): Promise<string> {
  const { kind, id } = (data['about'] ?? {}) as { kind?: string; id?: string };
  if (id === undefined || !isId(id)) return '';
  if (kind === 'package') return (await packageName(db, id)) ?? '';
  const [named] = await nameTargets(db, [{ id, type: '' }]);
  return named?.displayName ?? '';
}

/** The people that an event names, whom a message may speak of. */
function idsIn(event: StoredEvent): string[] {
  const { requestorId, subjectId, targetId, principalId } = event.data;
  return [event.actorId, requestorId, subjectId, targetId, principalId].filter((id) => typeof id === 'string');
}
