import type { Logger } from 'pino';
import { Problem } from './problem.js';
import { toProblem } from './to-problem.js';

/** By what a line of the log is found again: who asked calls it so, and its trace has this id. */
export interface LogIds {
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
}

/** Turns whatever went wrong into a problem to tell, and logs what an operator should know. */
export class ProblemReporter {
  constructor(private readonly logger: Logger) {}

  problemOf(error: unknown, ids: LogIds = {}): Problem {
    const problem = toProblem(error);
    if (problem === null) {
      this.logger.error({ err: error, ...ids }, 'unexpected error');
      return new Problem(
        'internal_error',
        'This is a fault of the service. It has been logged; try again, and tell the operator if it stays.',
      );
    }
    if (problem.code === 'unavailable') this.logger.warn({ err: error, ...ids }, problem.detail);
    return problem;
  }
}
