import 'reflect-metadata';
import { runProcess } from '#platform/process/run-process.js';

/** `npm run start:worker`: the projections in a separate process. */
runProcess({
  module: async () => (await import('./worker.module.js')).WorkerModule,
  service: 'service-tickets-projector',
  serving: 'probes',
  banner: (url) => [`Projector         ${url}/health/ready`],
});
