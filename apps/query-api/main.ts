import 'reflect-metadata';
import { runProcess, tokenLine } from '#platform/process/run-process.js';
import { QueryApiModule } from './query-api.module.js';

/** `npm run start:query-api`: queries in a separate process. */
runProcess({
  module: QueryApiModule,
  service: 'service-tickets-query-api',
  serving: 'users',
  banner: (url, configuration) => [
    `Query API         ${url}`,
    `Documentation     ${url}/api/docs`,
    tokenLine(configuration),
  ],
});
