import { resolve } from 'node:path';
import { parseDuration } from '../kernel/time.ts';

/** What a server is told from outside. The table of settings below says what each is. */
export interface Config {
  readonly port: number;
  readonly httpsPort: number;
  readonly host: string;
  /** An absolute path. */
  readonly dataFolder: string;
  /** A PostgreSQL; embedded if undefined. */
  readonly databaseUrl: string | undefined;
  /** Without a slash at its end. */
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  /** How much one caller may ask for: resource units in a window of seconds. */
  readonly throttle: { readonly units: number; readonly seconds: number } | 'off';
  /** Where mails are handed over; they are only kept if undefined. */
  readonly smtpUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** How long somebody stays signed in without doing anything. */
  readonly sessionIdle: Temporal.Duration;
  /** How long somebody stays signed in at most. */
  readonly sessionLifetime: Temporal.Duration;
  /** The OpenID provider outside that people sign in at; the built-in one if undefined. */
  readonly oidcIssuer: string | undefined;
  readonly oidcClientId: string | undefined;
  readonly oidcClientSecret: string | undefined;
  readonly oidcScopes: string;
  /** Which claim is which attribute of a user. */
  readonly oidcUser: { readonly claim: string; readonly attribute: UserAttribute };
  /** Which value of which claim says that multifactor authentication was proven. */
  readonly oidcMfa: { readonly claim: 'amr' | 'acr' | 'acrs'; readonly value: string };
}

type UserAttribute = 'userPrincipalName' | 'id' | 'employeeId';

/** Thrown when a setting cannot be used; the message names the variable and what it takes. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/** One setting. The reference (`docs/reference/configuration.md`) is generated from these. */
interface Setting<T> {
  /** The environment variable. */
  readonly variable: string;
  /** What it takes, for people. */
  readonly takes: string;
  /** What holds without it; null for nothing. */
  readonly otherwise: string | null;
  readonly says: string;
  /** The value of a text; null if the text cannot be used. */
  readonly read: (text: string) => T | null;
  /** The value may hold a password, so no message repeats it. */
  readonly isSecret?: true;
}

const portNumber = 'a port number from 0 to 65535';
const sessionDuration = 'a duration from PT5M to P30D';
const logLevels = ['silent', 'error', 'warn', 'info', 'debug'];

/** Every setting that there is, by its name in `Config`. */
export const settings = {
  port: {
    variable: 'PORT',
    takes: portNumber,
    otherwise: '8080',
    says: 'Port for HTTP. 0 picks a free one.',
    read: port,
  },
  httpsPort: {
    variable: 'HTTPS_PORT',
    takes: portNumber,
    otherwise: '8443',
    says: 'Port for HTTPS. 0 picks a free one.',
    read: port,
  },
  host: {
    variable: 'SALLYPORT_HOST',
    takes: 'a host name or address',
    otherwise: '127.0.0.1',
    says: 'The address to listen on. A rehearsal listens on the loopback only, whatever this says.',
    read: (text) => text,
  },
  dataFolder: {
    variable: 'SALLYPORT_DATA',
    takes: 'a folder',
    otherwise: '.sallyport',
    says: 'Where certificates are kept and, without `DATABASE_URL`, the embedded database. One process at a time.',
    read: (text) => resolve(text),
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    takes: 'a URL that starts with postgres:// or postgresql://',
    otherwise: null,
    says: 'A PostgreSQL in place of the embedded database.',
    read: (text) => url(text, ['postgres:', 'postgresql:']),
    isSecret: true,
  },
  publicUrl: {
    variable: 'SALLYPORT_URL',
    takes: 'a URL that starts with https://',
    otherwise: null,
    says: 'The address that tokens and mails name. Without it, `https://localhost:` and the port for HTTPS.',
    read: (text) => url(text, ['https:'])?.replace(/\/+$/, '') ?? null,
    isSecret: true,
  },
  logLevel: {
    variable: 'SALLYPORT_LOG',
    takes: `one of ${logLevels.join(', ')}`,
    otherwise: 'warn',
    says: 'How much is logged, as lines of JSON on standard error.',
    read: (text) => (logLevels.includes(text) ? text : null),
  },
  throttle: {
    variable: 'SALLYPORT_THROTTLE',
    takes: 'resource units and seconds, such as 8000/10, or off',
    otherwise: '8000/10',
    says:
      'How much one application, or one person with one application, may ask of this node before it answers 429. Most' +
      ' requests cost one resource unit. The default is the largest that Microsoft publishes for identity and access.',
    read: throttle,
  },
  smtpUrl: {
    variable: 'SALLYPORT_SMTP',
    takes: 'a URL that starts with smtp:// or smtps://',
    otherwise: null,
    says:
      'The server that mails are handed to, with user and password where it wants them (`smtps://user:password@host:465`).' +
      ' With `smtp://` the connection is encrypted by STARTTLS, unless the server is on this machine. Without it mails are' +
      ' written down and not sent. A rehearsal never sends.',
    read: (text) => url(text, ['smtp:', 'smtps:']),
    isSecret: true,
  },
  mailFrom: {
    variable: 'SALLYPORT_MAIL_FROM',
    takes: 'an address such as access@example.com',
    otherwise: null,
    says: 'The sender of mails. Wanted with `SALLYPORT_SMTP`.',
    read: (text) => (/^[^\s@<>"]+@[^\s@<>"]+$/.test(text) ? text : null),
  },
  sessionIdle: {
    variable: 'SALLYPORT_SESSION_IDLE',
    takes: sessionDuration,
    otherwise: 'PT1H',
    says: 'How long somebody stays signed in to the portal without using it.',
    read: lifetime,
  },
  sessionLifetime: {
    variable: 'SALLYPORT_SESSION_LIFETIME',
    takes: sessionDuration,
    otherwise: 'PT12H',
    says: 'How long somebody stays signed in to the portal however much they use it.',
    read: lifetime,
  },
  oidcIssuer: {
    variable: 'SALLYPORT_OIDC_ISSUER',
    takes: 'a URL that starts with https:// (http:// for one on this machine)',
    otherwise: null,
    says:
      'The OpenID provider that people sign in at (Entra ID, Okta, Keycloak …), exactly as it names itself. It sends them' +
      ' back to `/session/callback` of our address. Without it, the built-in provider.',
    read: issuer,
    isSecret: true,
  },
  oidcClientId: {
    variable: 'SALLYPORT_OIDC_CLIENT_ID',
    takes: 'the id that the provider knows us by',
    otherwise: null,
    says: 'Wanted with `SALLYPORT_OIDC_ISSUER`.',
    read: (text) => text,
  },
  oidcClientSecret: {
    variable: 'SALLYPORT_OIDC_CLIENT_SECRET',
    takes: 'the secret that goes with the id',
    otherwise: null,
    says: 'Without it we are a public client. Codes are protected by PKCE either way.',
    read: (text) => text,
    isSecret: true,
  },
  oidcScopes: {
    variable: 'SALLYPORT_OIDC_SCOPES',
    takes: 'scopes separated by blanks, `openid` among them',
    otherwise: 'openid profile',
    says: 'What the provider is asked for.',
    read: (text) => (text.split(' ').includes('openid') ? text : null),
  },
  oidcUser: {
    variable: 'SALLYPORT_OIDC_USER',
    takes: 'a claim, an equals sign, and `userPrincipalName`, `id` or `employeeId`',
    otherwise: 'preferred_username=userPrincipalName',
    says:
      'Which claim of the ID token says which user it is. Choose one that people cannot change at the provider, such as' +
      ' `oid=employeeId` or `sub=employeeId`.',
    read: mapping,
  },
  oidcMfa: {
    variable: 'SALLYPORT_OIDC_MFA',
    takes: '`amr`, `acr` or `acrs`, an equals sign, and a value',
    otherwise: 'amr=mfa',
    says:
      'Which claim of the ID token says that multifactor authentication was proven; it is asked for by the same. Okta:' +
      ' `amr=mfa`. Keycloak: `acr=2`, or what its level of authentication is called. Entra ID: `acrs=c1`, an authentication' +
      ' context that demands it.',
    read: proof,
  },
} as const satisfies { readonly [Name in keyof Config]: Setting<NonNullable<Config[Name]>> };

/**
 * The address that people open: the public one, or this machine's plain port. A browser takes that as secure on its own
 * machine, and makes passkeys there; at the https port it would warn of a certificate that it does not know.
 */
export function publicAddress({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string {
  return publicUrl ?? `http://localhost:${port}`;
}

/** Reads and checks the settings; refuses with a `ConfigError` naming the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const smtpUrl = optional(environment, settings.smtpUrl);
  const mailFrom = optional(environment, settings.mailFrom);
  if (smtpUrl !== undefined && mailFrom === undefined) {
    throw new ConfigError(`${settings.mailFrom.variable} must be ${settings.mailFrom.takes}: who sends the mails?`);
  }
  const oidcIssuer = optional(environment, settings.oidcIssuer);
  const oidcClientId = optional(environment, settings.oidcClientId);
  if (oidcIssuer !== undefined && oidcClientId === undefined) {
    throw new ConfigError(`${settings.oidcClientId.variable} must be ${settings.oidcClientId.takes}.`);
  }
  return {
    smtpUrl,
    mailFrom,
    port: given(environment, settings.port),
    httpsPort: given(environment, settings.httpsPort),
    host: given(environment, settings.host),
    dataFolder: given(environment, settings.dataFolder),
    databaseUrl: optional(environment, settings.databaseUrl),
    publicUrl: optional(environment, settings.publicUrl),
    logLevel: given(environment, settings.logLevel),
    throttle: given(environment, settings.throttle),
    sessionIdle: given(environment, settings.sessionIdle),
    sessionLifetime: given(environment, settings.sessionLifetime),
    oidcIssuer,
    oidcClientId,
    oidcClientSecret: optional(environment, settings.oidcClientSecret),
    oidcScopes: given(environment, settings.oidcScopes),
    oidcUser: given(environment, settings.oidcUser),
    oidcMfa: given(environment, settings.oidcMfa),
  };
}

function given<T>(environment: NodeJS.ProcessEnv, setting: Setting<T> & { readonly otherwise: string }): T {
  return understood(setting, environment[setting.variable] || setting.otherwise);
}

function optional<T>(environment: NodeJS.ProcessEnv, setting: Setting<T>): T | undefined {
  const text = environment[setting.variable];
  return text ? understood(setting, text) : undefined;
}

function understood<T>({ variable, takes, read, isSecret }: Setting<T>, text: string): T {
  const value = read(text);
  if (value !== null) return value;
  throw new ConfigError(`${variable} must be ${takes}${isSecret ? '' : `, not "${text}"`}.`);
}

function port(text: string): number | null {
  return /^\d+$/.test(text) && Number(text) <= 65_535 ? Number(text) : null;
}

function throttle(text: string): Config['throttle'] | null {
  if (text === 'off') return 'off';
  const [, units, seconds] = /^([1-9]\d{0,8})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  return units === undefined || seconds === undefined ? null : { units: Number(units), seconds: Number(seconds) };
}

function lifetime(text: string): Temporal.Duration | null {
  const duration = parseDuration(text);
  const minutes = duration?.total('minutes') ?? 0;
  return minutes >= 5 && minutes <= 30 * 24 * 60 ? duration : null;
}

function issuer(text: string): string | null {
  const isNear = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(text);
  return url(text, isNear ? ['http:'] : ['https:']);
}

function mapping(text: string): Config['oidcUser'] | null {
  const [, claim, attribute] = /^([^\s=]+)=(userPrincipalName|id|employeeId)$/.exec(text) ?? [];
  return claim === undefined ? null : { claim, attribute: attribute as UserAttribute };
}

function proof(text: string): Config['oidcMfa'] | null {
  const [, claim, value] = /^(amr|acrs?)=(\S+)$/.exec(text) ?? [];
  return value === undefined ? null : { claim: claim as Config['oidcMfa']['claim'], value };
}

function url(text: string, protocols: readonly string[]): string | null {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol) ? text : null;
}
