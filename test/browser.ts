/** What a browser got back. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  /** Where it is sent on to; null if nowhere. */
  readonly location: string | null;
  /** JSON as it came; null if there was none. */
  readonly body: Body;
}

/** JSON that is looked into by name or index. */
export interface Body {
  readonly [name: string | number]: Body;
}

/** A browser without a screen: keeps cookies, follows no redirect by itself. */
export interface Browser {
  readonly url: string;
  /** The cookies that it holds, by name. */
  readonly cookies: Map<string, string>;
  /** Opens an address: a path, or anything whole. */
  get(address: string, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** Submits a form, as pages without a script do. */
  submit(address: string, form: Readonly<Record<string, string>>): Promise<Page>;
  /** Opens an address and follows where it leads, up to a page of ours that is none of signing in. */
  follow(address: string): Promise<URL>;
  /** Sends JSON as a page of ours does, with the session's token against forgery where there is one. */
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Page>;
  /** The session as `GET /session` shows it. */
  session(): Promise<Body>;
}

/** Opens a browser at an address of a server. `cookies`: those that it holds from before. */
export function openBrowser(url: string, cookies: Map<string, string> = new Map()): Browser {
  const ask = async (method: string, address: string, headers: Record<string, string>, body?: string) => {
    const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(address, url), {
      method,
      redirect: 'manual',
      headers: { ...(jar === '' ? {} : { cookie: jar }), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    for (const text of response.headers.getSetCookie()) keep(cookies, text);
    return pageOf(response);
  };
  const session = async () => (await ask('GET', '/session', {})).body;
  return {
    url,
    cookies,
    async follow(address) {
      let here = new URL(address, url);
      for (let hops = 0; hops < 20; hops += 1) {
        const { location, status } = await ask('GET', here.href, {});
        if (location === null) throw new Error(`${here} led nowhere: ${status}`);
        here = new URL(location, here);
        if (here.origin === new URL(url).origin && !/^\/(session|interaction|[0-9a-f]{8}-)/.test(here.pathname))
          return here;
      }
      throw new Error(`${address} leads round and round`);
    },
    get: (address, headers = {}) => ask('GET', address, { ...headers }),
    submit(address, form) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(url).origin };
      return ask('POST', address, headers, new URLSearchParams(form).toString());
    },
    async send(method, path, body, headers = {}) {
      const { csrf } = await session();
      const sent: Record<string, string> = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' };
      if (typeof csrf === 'string') sent['x-sallyport-csrf'] = csrf;
      if (body === undefined) return ask(method, path, { ...sent, ...headers });
      const json = { 'content-type': 'application/json' };
      return ask(method, path, { ...sent, ...json, ...headers }, JSON.stringify(body));
    },
    session,
  };
}

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split('; ');
  const name = pair.slice(0, pair.indexOf('='));
  const isOver = attributes.some((one) => one === 'Max-Age=0' || /^expires=Thu, 01 Jan 1970/i.test(one));
  if (isOver) cookies.delete(name);
  else cookies.set(name, pair.slice(name.length + 1));
}

async function pageOf(response: Response): Promise<Page> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return {
    status: response.status,
    headers: response.headers,
    location: response.headers.get('location'),
    body: isJson && text !== '' ? JSON.parse(text) : null,
  };
}
