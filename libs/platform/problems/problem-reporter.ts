import type { Logger } from 'pino';
import { Problem } from './problem.js';
import { toProblem } from './to-problem.js';

/** Turns whatever went wrong into a problem to tell, and logs what an operator should know. */
export class ProblemReporter {
  constructor(private readonly logger: Logger) {}

  problemOf(error: unknown): Problem {
    const problem = toProblem(error);
    if (problem === null) {
      this.logger.error({ err: error }, 'unexpected error');
      return new Problem(
        'internal_error',
        'This is a fault of the service. It has been logged; try again, and tell the operator if it stays.',
      );
    }
    if (problem.code === 'unavailable') this.logger.warn({ err: error }, problem.detail);
    return problem;
  }
}
