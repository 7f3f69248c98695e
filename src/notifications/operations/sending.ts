import { concernedBy } from '../../approval/index.ts';
import { loadPeople } from '../../directory/index.ts';
import type { Instant } from '../../kernel/time.ts';
import type { ReadDb } from '../../platform/events.ts';
import type { Log } from '../../platform/log.ts';
import { type Fate, noteFate, takeWaiting, type Waiting } from '../store.ts';
import { type Post, PostError } from './smtp.ts';

/** Sends what was written, until it is stopped. */
export interface Sender {
  start(): void;
  /** Ends after the mail in hand. */
  stop(): Promise<void>;
  /** Sends what is to be sent now. Gives how many mails were taken in hand. */
  round(): Promise<number>;
}

/** What sending needs. */
export interface SenderPorts {
  readonly db: ReadDb;
  readonly post: Post;
  readonly log: Pick<Log, 'error' | 'warn'>;
  /** Governance time, for whom a mail still concerns. */
  readonly now: () => Instant;
  /** Real time, for retries. */
  readonly realNow: () => Instant;
}

// So few that a server which stalls at each of them does not outlast the time for which they are in hand.
const batch = 4;
const inHandSeconds = 300;
const firstWaitSeconds = 30;
const longestWaitSeconds = 3_600;
const intervalMs = 1_000;

/**
 * Sends waiting mails one after the other, outside of any transaction. What the server does not take is tried again,
 * ever less often, up to once an hour; what it refuses for good is kept as failed and logged. Whom a mail no longer
 * concerns when it is sent does not get it.
 */
export function createSender({ db, post, log, now, realNow }: SenderPorts): Sender {
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let turn: Promise<unknown> = Promise.resolve();

  async function round(): Promise<number> {
    const at = realNow();
    const mails = await takeWaiting(db, { at, until: at.add({ seconds: inHandSeconds }), atMost: batch });
    for (const mail of mails) {
      if (isStopped) await noteFate(db, mail.id, { is: 'later', at, error: 'stopped' });
      else await noteFate(db, mail.id, await fateOf(mail));
    }
    return mails.length;
  }

  async function fateOf(mail: Waiting): Promise<Fate> {
    if (!(await concerns(db, mail, now()))) return { is: 'superseded' };
    try {
      await post.send(mail);
      return { is: 'sent', at: realNow() };
    } catch (fault) {
      const error = fault instanceof Error ? fault.message : String(fault);
      const { messageId, tries } = mail;
      if (fault instanceof PostError && fault.isFinal) {
        log.error({ messageId, error }, 'A mail was refused for good and will not be sent');
        return { is: 'failed', error };
      }
      log.warn({ messageId, tries, error }, 'A mail could not be sent and will be tried again');
      return { is: 'later', at: realNow().add({ seconds: waitAfter(tries) }), error };
    }
  }

  function wake(milliseconds: number): void {
    if (isStopped) return;
    timer = setTimeout(() => {
      turn = round()
        .catch((fault: unknown) => {
          log.error({ fault }, 'Sending mails failed and will be tried again');
          return 0;
        })
        .then((count) => wake(count === batch ? 0 : intervalMs));
    }, milliseconds);
    timer.unref();
  }

  return {
    round,
    start: () => wake(0),
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await turn;
      post.close();
    },
  };
}

/** Seconds to wait after so many tries: half a minute, doubled each time, an hour at most. */
export function waitAfter(tries: number): number {
  return Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** Math.max(0, tries - 1));
}

/** Whether a mail still concerns its recipient: an account in use, and something that they can still decide. */
async function concerns(db: ReadDb, { recipientId, approvalId }: Waiting, now: Instant): Promise<boolean> {
  if (recipientId === null) return true;
  const [person] = await loadPeople(db, now, [recipientId]);
  if (person?.accountEnabled !== true) return false;
  return approvalId === null || (await concernedBy(db, approvalId, now)).deciding.includes(recipientId);
}
