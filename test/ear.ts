/** What a page hears from `GET /live`. */
export interface Ear {
  readonly status: number;
  /** The code of the refusal, where the stream was refused. */
  readonly code: string | null;
  /** Kinds heard since the last time that this was asked, sorted. */
  heard(): readonly string[];
  /** The id of the last event that was told. */
  lastId(): string | null;
  /** Waits until a kind has been heard. It stays among those heard. Rejects when the stream ends before. */
  until(kind: string): Promise<void>;
  /** Waits until the server ends the stream. */
  ended(): Promise<void>;
  close(): void;
}

/** Opens the stream of hints at a server's address. */
export async function listen(url: string, headers: Readonly<Record<string, string>>): Promise<Ear> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/live`, { headers, signal: leaving.signal });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  let isOver = !isStream;
  const kinds = new Set<string>();
  const waiting = new Set<() => void>();
  let lastId: string | null = null;
  const wake = () => {
    for (const look of waiting) look();
  };

  function take(frame: string): void {
    const data = /^data: (.*)$/m.exec(frame)?.[1];
    lastId = /^id: (.*)$/m.exec(frame)?.[1] ?? lastId;
    if (data === undefined) return;
    for (const kind of (JSON.parse(data) as { kinds: string[] }).kinds) kinds.add(kind);
    wake();
  }

  async function read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        const frames = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
        text = frames.pop() ?? '';
        for (const frame of frames) take(frame);
      }
    } catch {
      // The connection is gone: by us, or by the server.
    }
    isOver = true;
    wake();
  }

  function when(holds: () => boolean, orElse: () => Error | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const fault = holds() ? null : (orElse() ?? undefined);
        if (fault === undefined) return;
        waiting.delete(look);
        if (fault === null) resolve();
        else reject(fault);
      };
      waiting.add(look);
      look();
    });
  }

  const code = isStream ? null : (((await response.json()) as { error?: { code?: string } }).error?.code ?? '');
  const done = isStream ? read() : Promise.resolve();
  return {
    status: response.status,
    code,
    heard() {
      const heard = [...kinds].sort();
      kinds.clear();
      return heard;
    },
    lastId: () => lastId,
    until: (kind) =>
      when(
        () => kinds.has(kind),
        () => (isOver ? new Error(`The stream ended before ${kind}`) : null),
      ),
    ended: () => done,
    close: () => leaving.abort(),
  };
}
