import { pino } from 'pino';

/** The part of a logger that is used: structured facts first, then the sentence. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** A logger of JSON lines to standard error; `SALLYPORT_LOG` sets the level. Never logs tokens or bodies. */
export function createLog(level: string): Log {
  const logger = pino({ level, serializers: { fault: pino.stdSerializers.err } }, pino.destination(2));
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
}

/** Keeps silent; for tests. */
export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
