import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';
import { shown } from '#ticketing/text.js';
import { LimitedLog } from './limited-log.js';
import type { LogLevel } from './configuration.js';

/** The injection token of the process's logger (pino's `Logger`). */
export const LOGGER = Symbol('logger');

/** Creates a logger that writes one JSON object a line. Bodies and tokens are never logged. */
export const createLogger = (level: LogLevel): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    // JSON leaves C1 and bidirectional overrides as they are.
    hooks: { streamWrite: shown },
  });

/** Only the members that every error has: drivers put the data of a failed write into others. */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const { code } = error as { readonly code?: unknown };
  return {
    type: name,
    message,
    ...(code === undefined ? {} : { code }),
    stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** Passes Nest's own messages to the logger. Its messages at the start are for debugging. */
export class NestLogger implements LoggerService {
  readonly #limited: LimitedLog;

  constructor(private readonly logger: Logger) {
    this.#limited = new LimitedLog(logger);
  }

  log(message: unknown): void {
    this.logger.debug(String(message));
  }
  debug(message: unknown): void {
    this.logger.debug(String(message));
  }
  verbose(message: unknown): void {
    this.logger.trace(String(message));
  }
  warn(message: unknown): void {
    this.#limited.warn('nest', {}, String(message));
  }
  error(message: unknown, stack?: unknown): void {
    this.#limited.error('nest', { stack }, String(message));
  }
  fatal(message: unknown): void {
    this.logger.fatal(String(message));
  }
}

/** Logs what Node and libraries warn of, which Node would print in its own form without a limit. */
export function logWarnings(logger: Logger): void {
  const limited = new LimitedLog(logger);
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    limited.warn(warning.name, { err: warning }, 'warning of the runtime');
  });
}
