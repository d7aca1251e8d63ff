import 'reflect-metadata';
import { readConfiguration } from '#platform/configuration.js';
import { createLogger } from '#platform/logging.js';
import { startService, type RunningService } from './service.js';

/** `npm start`: the whole service on the embedded stores, in one process. */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const logger = createLogger(configuration.logLevel);
  const service = await startService(configuration, logger);
  stopOn(service, 'SIGTERM', 'SIGINT');
  process.stdout.write(`
  Service tickets   ${service.url}
  Documentation     ${service.url}/api/docs
  Data              ${configuration.dataFolder}
  ${
    configuration.authentication.kind === 'local'
      ? 'A token           npm run --silent token -- --sub alice --tenant acme --role customer'
      : `Tokens of         ${configuration.authentication.issuer}`
  }

`);
}

function stopOn(service: RunningService, ...signals: NodeJS.Signals[]): void {
  let stopping = false;
  for (const signal of signals) {
    process.on(signal, () => {
      // A second signal does not make it any faster: what is under way is finished.
      if (stopping) return;
      stopping = true;
      service.stop().then(() => process.exit(0), fail);
    });
  }
}

/** Says what is wrong and what to do, without a stack: it is the operator who reads it. */
function fail(error: unknown): void {
  process.stderr.write(`\n${(error as Error).message}\n\n`);
  process.exit(1);
}

main().catch(fail);
