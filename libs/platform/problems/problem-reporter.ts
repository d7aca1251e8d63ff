import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LOGGER } from '../logging.js';
import { Problem } from './problem.js';
import { toProblem } from './to-problem.js';

/** Ids by which a log line can be found: the caller's correlation id and the trace id. */
export interface LogIds {
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
}

/** Turns errors into problems, and logs the ones that an operator should know about. */
@Injectable()
export class ProblemReporter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  problemOf(error: unknown, ids: LogIds = {}): Problem {
    const problem = toProblem(error);
    if (problem === null) {
      this.logger.error({ err: error, ...ids }, 'unexpected error');
      return new Problem(
        'internal_error',
        'The service failed unexpectedly and logged the error. Try again; if it persists, inform the operator.',
      );
    }
    if (problem.code === 'unavailable') this.logger.warn({ err: error, ...ids }, problem.detail);
    return problem;
  }
}
