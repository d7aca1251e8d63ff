import 'reflect-metadata';
import { run } from '../process/run.js';
import { startProjector } from './service.js';

/** `npm run start:projector`: projections alone, in a process of their own. */
run({
  name: 'service-tickets-projector',
  serving: 'probes',
  start: startProjector,
  greeting: (url) => [`Projector         ${url}/health/ready`, `Metrics           ${url}/metrics`],
});
