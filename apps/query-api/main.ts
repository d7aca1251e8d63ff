import 'reflect-metadata';
import { run, tokenLine } from '#platform/process/run.js';
import { startQueryApi } from './service.js';

/** `npm run start:query-api`: queries alone, in a process of their own. */
run({
  name: 'service-tickets-query-api',
  serving: 'users',
  start: startQueryApi,
  greeting: (url, configuration) => [
    `Query API         ${url}`,
    `Documentation     ${url}/api/docs`,
    tokenLine(configuration),
  ],
});
