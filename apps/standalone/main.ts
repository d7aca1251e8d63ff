import 'reflect-metadata';
import { run, tokenLine } from '#platform/process/run.js';
import { startStandalone } from './service.js';

/** `npm start`: the whole service on the embedded stores, in one process. */
run({
  name: 'service-tickets',
  serving: 'users',
  start: startStandalone,
  greeting: (url, configuration) => [
    `Service tickets   ${url}`,
    `Documentation     ${url}/api/docs`,
    `Data              ${configuration.dataFolder}`,
    tokenLine(configuration),
  ],
});
