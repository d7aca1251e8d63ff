import 'reflect-metadata';
import { runProcess, tokenLine } from '#platform/process/run-process.js';

/** `npm run start:command-api`: commands in a separate process. */
runProcess({
  module: async () => (await import('./command-api.module.js')).CommandApiModule,
  service: 'service-tickets-command-api',
  serving: 'users',
  banner: (url, configuration) => [
    `Command API       ${url}`,
    `Documentation     ${url}/api/docs`,
    tokenLine(configuration),
  ],
});
