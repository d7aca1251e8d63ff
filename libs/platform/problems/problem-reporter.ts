import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LimitedLog } from '../limited-log.js';
import { LOGGER } from '../logging.js';
import { Problem } from './problem.js';
import { toProblem } from './to-problem.js';

/** Ids by which a log line can be found: the caller's correlation id and the trace id. */
export interface LogIds {
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
}

/**
 * Turns errors into problems, and logs the ones that an operator should know about: once a minute,
 * because callers can repeat them at will. Metrics count them all.
 */
@Injectable()
export class ProblemReporter {
  readonly #log: LimitedLog;

  constructor(@Inject(LOGGER) logger: Logger) {
    this.#log = new LimitedLog(logger);
  }

  problemOf(error: unknown, ids: LogIds = {}): Problem {
    const problem = toProblem(error);
    if (problem === null) {
      this.#log.error(placeOf(error), { err: error, ...ids }, 'unexpected error');
      return new Problem(
        'internal_error',
        'The service failed unexpectedly and logged the error. Try again; if it persists, inform the operator.',
      );
    }
    if (problem.status >= 500) {
      // A problem of ours says everything in its detail; a stack shows where another error is from.
      const cause = error instanceof Problem ? error.cause : error;
      const fields = cause === undefined ? ids : { err: cause, ...ids };
      this.#log.warn(`${problem.code} ${nameOf(error)}`, fields, problem.detail);
    }
    return problem;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

/** Where an error was thrown: its message may contain what the caller sent. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const place = stack.split('\n').find((line) => /^\s+at /.test(line)) ?? '';
  return `${nameOf(error)} ${place.trim()}`;
}
