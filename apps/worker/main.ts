import 'reflect-metadata';
import { run } from '#platform/process/run.js';
import { startWorker } from './service.js';

/** `npm run start:worker`: projections alone, in a process of their own. */
run({
  name: 'service-tickets-projector',
  serving: 'probes',
  start: startWorker,
  greeting: (url) => [`Projector         ${url}/health/ready`, `Metrics           ${url}/metrics`],
});
