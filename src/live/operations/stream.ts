import { Readable } from 'node:stream';
import type { Id } from '../../kernel/ids.ts';

/** Text of server-sent events to one client. */
export interface HintStream {
  readonly readable: Readable;
  /** Tells kinds, now or as soon as the client takes it. What waits is told together, once. */
  hint(kinds: Iterable<string>, lastId: Id | null): void;
  /** Shows that the connection lives. A client that has taken nothing for several beats is let go. */
  beat(): void;
  /** Ends it; at once where the client takes nothing. */
  end(): void;
}

// How long a page waits before it connects anew.
const retryMs = 2_000;
const missedBeatsAtMost = 4;

/**
 * Opens a stream. A client that reads slowly makes nothing grow: while it takes nothing, kinds are gathered in a set
 * that has each but once.
 * @param onClose called once, when the client has gone or the stream has ended
 */
export function openStream(onClose: () => void): HintStream {
  const waiting = new Set<string>();
  let lastId: Id | null = null;
  let isWanted = false;
  let missed = 0;

  const readable = new Readable({
    // A text is wanted when the one before has been taken: what waits meanwhile waits as a set.
    highWaterMark: 1,
    read() {
      isWanted = true;
      missed = 0;
      flush();
    },
    destroy(fault, done) {
      onClose();
      done(fault);
    },
  });

  function flush(): void {
    if (!isWanted || waiting.size === 0) return;
    const kinds = [...waiting].sort();
    waiting.clear();
    const place = lastId === null ? '' : `id: ${lastId}\n`;
    send(`${place}data: ${JSON.stringify({ kinds, id: lastId })}\n\n`);
  }

  function send(text: string): void {
    isWanted = readable.push(text);
  }

  send(`retry: ${retryMs}\n: open\n\n`);
  return {
    readable,
    hint(kinds, id) {
      for (const kind of kinds) waiting.add(kind);
      lastId = id ?? lastId;
      flush();
    },
    beat() {
      if (isWanted) return send(': beat\n\n');
      missed += 1;
      if (missed > missedBeatsAtMost) readable.destroy();
    },
    end() {
      if (isWanted) readable.push(null);
      else readable.destroy();
      isWanted = false;
    },
  };
}
