import { Client, GraphError } from '@microsoft/microsoft-graph-client';

/** What the rehearsal says of itself. */
export interface Cast {
  readonly now: string;
  readonly users: readonly { readonly id: string; readonly userPrincipalName: string }[];
}

/** A person of the cast with Microsoft's own Graph client in hand. */
export interface Person {
  readonly name: string;
  readonly id: string;
  readonly graph: Client;
}

/** Everything outside Graph that the walk-through touches: who there is, tokens, the clock and the mailbox. */
export class Rehearsal {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async cast(): Promise<Cast> {
    return (await this.#call('GET', '/rehearsal')) as Cast;
  }

  /** Signs a person in, with or without MFA, and gives them Microsoft's client. */
  async signIn(name: string, { mfa }: { mfa: boolean }): Promise<Person> {
    const userPrincipalName = `${name}@sallyport.example`;
    const user = (await this.cast()).users.find((one) => one.userPrincipalName === userPrincipalName);
    if (user === undefined) throw new Error(`${userPrincipalName} is not of the cast`);
    const graph = Client.init({
      baseUrl: this.#url,
      customHosts: new Set([new URL(this.#url).hostname]),
      authProvider: (done) => {
        this.#call('POST', '/rehearsal/token', { user: userPrincipalName, mfa }).then(
          (token) => done(null, (token as { access_token: string }).access_token),
          (fault) => done(fault, null),
        );
      },
    });
    return { name, id: user.id, graph };
  }

  async now(): Promise<string> {
    return ((await this.#call('GET', '/rehearsal/clock')) as { now: string }).now;
  }

  /** Moves the clock to an instant; the answer comes when all that fell due is done. */
  async setClock(instant: string): Promise<void> {
    await this.#call('POST', '/rehearsal/clock', { set: instant });
  }

  async mailTo(name: string): Promise<readonly { subject: string; event: string }[]> {
    const to = encodeURIComponent(`${name}@sallyport.example`);
    return ((await this.#call('GET', `/rehearsal/mail?to=${to}`)) as { value: { subject: string; event: string }[] })
      .value;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
}

/** The status that a call ends with: 200 for any success, the refusal's status otherwise. */
export async function statusOf(call: () => Promise<unknown>): Promise<number> {
  try {
    await call();
    return 200;
  } catch (fault) {
    if (fault instanceof GraphError) return fault.statusCode;
    throw fault;
  }
}
