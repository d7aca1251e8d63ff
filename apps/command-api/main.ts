import 'reflect-metadata';
import { run, tokenLine } from '#platform/process/run.js';
import { startCommandApi } from './service.js';

/** `npm run start:command-api`: commands alone, in a process of their own. */
run({
  name: 'service-tickets-command-api',
  serving: 'users',
  start: startCommandApi,
  greeting: (url, configuration) => [
    `Command API       ${url}`,
    `Documentation     ${url}/api/docs`,
    tokenLine(configuration),
  ],
});
