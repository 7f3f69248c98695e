import { loadPeople } from '../directory/index.ts';
import type { Consumer, StoredEvent } from '../platform/events.ts';
import { compose } from './compose.ts';
import { mailRules, type Names } from './mails.ts';
import { saveMail } from './store.ts';

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
    const recipients = new Set(rule.recipients(event));
    const mentioned = [...recipients, ...idsIn(event)];
    const people = new Map((await loadPeople(db, event.at, mentioned)).map((person) => [person.id, person]));
    const names: Names = {
      person: (id) => people.get(String(id))?.displayName ?? 'Somebody',
      link: (path) => `${baseUrl()}/v1.0${path}`,
    };
    const mail = compose(rule.message(event, names));
    for (const id of recipients) {
      const person = people.get(id);
      if (person?.accountEnabled !== true) continue;
      await saveMail(db, event, { id, address: person.mail ?? person.userPrincipalName }, mail);
    }
  };
}

/** The people that an event names, whom a message may speak of. */
function idsIn(event: StoredEvent): string[] {
  const { requestorId, subjectId, targetId, principalId } = event.data;
  return [event.actorId, requestorId, subjectId, targetId, principalId].filter((id) => typeof id === 'string');
}
