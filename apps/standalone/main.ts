import 'reflect-metadata';
import { runProcess, tokenLine } from '#platform/process/run-process.js';

/** `npm start`: the whole service in one process, on the embedded stores by default. */
runProcess({
  module: async () => (await import('./standalone.module.js')).StandaloneModule,
  service: 'service-tickets',
  serving: 'users',
  banner: (url, configuration) => [
    `Service tickets   ${url}`,
    `Documentation     ${url}/api/docs`,
    `Data              ${configuration.dataFolder}`,
    tokenLine(configuration),
  ],
});
