import 'reflect-metadata';
import { runProcess } from '#platform/process/run-process.js';
import { WorkerModule } from './worker.module.js';

/** `npm run start:worker`: the projections in a separate process. */
runProcess({
  module: WorkerModule,
  service: 'service-tickets-projector',
  serving: 'probes',
  banner: (url) => [`Projector         ${url}/health/ready`],
});
