import { Module } from '@nestjs/common';
import { Metrics } from './metrics.js';
import { reportProjectionMetrics } from './projection-metrics.js';
import { ProjectionStates } from './projection-states.js';

/** Reports the state of every projection, wherever it runs. Needs the stores of the process. */
@Module({ providers: [ProjectionStates], exports: [ProjectionStates] })
export class ProjectionsModule {
  constructor(metrics: Metrics, states: ProjectionStates) {
    reportProjectionMetrics(metrics, states);
  }
}
