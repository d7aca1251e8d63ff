import { Global, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemFilter } from './problem-filter.js';
import { ProblemReporter } from './problem-reporter.js';

/** Turns every error into problem details. */
@Global()
@Module({
  providers: [ProblemReporter, { provide: APP_FILTER, useClass: ProblemFilter }],
  exports: [ProblemReporter],
})
export class ProblemsModule {}
