import { resolve } from 'node:path';

/** What a server is told from outside, by environment variables. */
export interface Config {
  /** `PORT`, default 8080; 0 picks a free one. */
  readonly port: number;
  /** `HTTPS_PORT`, default 8443; 0 picks a free one. */
  readonly httpsPort: number;
  /** `SALLYPORT_HOST`, the address to listen on; default 127.0.0.1. */
  readonly host: string;
  /** `SALLYPORT_DATA`, default `.sallyport`: certificates and, if embedded, the database. */
  readonly dataFolder: string;
  /** `DATABASE_URL` of a PostgreSQL; embedded if missing. */
  readonly databaseUrl: string | undefined;
  /** `SALLYPORT_URL`: the address that people and tokens know this server by; default `https://localhost:<port>`. */
  readonly publicUrl: string | undefined;
  /** `SALLYPORT_LOG`: `silent`, `error`, `warn` (default), `info` or `debug`. */
  readonly logLevel: string;
}

/** Thrown when a setting cannot be used; the message names the variable and what it takes. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'];

/** Reads and checks the settings; refuses with a `ConfigError` naming the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  return {
    port: port(environment, 'PORT', 8080),
    httpsPort: port(environment, 'HTTPS_PORT', 8443),
    host: environment['SALLYPORT_HOST'] || '127.0.0.1',
    dataFolder: resolve(environment['SALLYPORT_DATA'] || '.sallyport'),
    databaseUrl: url(environment, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    publicUrl: url(environment, 'SALLYPORT_URL', ['https:'])?.replace(/\/+$/, ''),
    logLevel: oneOf(environment, 'SALLYPORT_LOG', logLevels, 'warn'),
  };
}

function port(environment: NodeJS.ProcessEnv, name: string, otherwise: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new ConfigError(`${name} must be a port number from 0 to 65535, not "${text}".`);
}

function url(environment: NodeJS.ProcessEnv, name: string, protocols: readonly string[]): string | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  // The value may hold a password, so it is not repeated.
  throw new ConfigError(`${name} must be a URL that starts with ${protocols.map((one) => `${one}//`).join(' or ')}.`);
}

function oneOf(environment: NodeJS.ProcessEnv, name: string, values: readonly string[], otherwise: string): string {
  const text = environment[name] || otherwise;
  if (values.includes(text)) return text;
  throw new ConfigError(`${name} must be one of ${values.join(', ')}, not "${text}".`);
}
