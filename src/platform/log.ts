import { pino } from 'pino';

/** The part of a logger that is used: structured facts first, then the sentence. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** A logger of JSON lines to standard error; `SALLYPORT_LOG` sets the level. Never logs tokens or bodies. */
export function createLog(level: string): Log {
  const logger = pino({ level, serializers: { fault: describeFault } }, pino.destination(2));
  return {
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
}

/**
 * What is logged of something thrown: kind, code, message and stack, and the same of its cause. Databases put the
 * statement, its parameters and the offending row beside these: they are other people's data and stay out.
 */
export function describeFault(fault: unknown): unknown {
  if (!(fault instanceof Error)) return { message: String(fault) };
  return {
    type: fault.name,
    ...('code' in fault ? { code: String(fault.code) } : {}),
    message: fault.message,
    stack: fault.stack,
    ...(fault.cause === undefined ? {} : { cause: describeFault(fault.cause) }),
  };
}

/** Keeps silent; for tests. */
export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
