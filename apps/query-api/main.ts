import 'reflect-metadata';
import { runProcess, tokenLine } from '#platform/process/run-process.js';

/** `npm run start:query-api`: queries in a separate process. */
runProcess({
  module: async () => (await import('./query-api.module.js')).QueryApiModule,
  service: 'service-tickets-query-api',
  serving: 'users',
  banner: (url, configuration) => [
    `Query API         ${url}`,
    `Documentation     ${url}/api/docs`,
    tokenLine(configuration),
  ],
});
