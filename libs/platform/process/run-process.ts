import type { Type } from '@nestjs/common';
import { shown } from '#ticketing/text.js';
import { readConfiguration, type Configuration, type Serving } from '../configuration.js';
import { prepareDataFolder } from '../data-folder.js';
import { checkEmbeddedStores } from '../stores.js';

export interface ProcessDefinition {
  /** Loads the root module of the process, and with it most of the program. */
  readonly module: () => Promise<Type>;
  /** The service's name in traces, unless OTEL_SERVICE_NAME names it. */
  readonly service: string;
  /** Who calls the process: users with tokens, or only probes and scrapes without. */
  readonly serving: Serving;
  /** The lines that the process prints once it listens. */
  readonly banner: (url: string, configuration: Configuration) => readonly string[];
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs a process until SIGTERM or SIGINT: it finishes the requests in flight, runs the shutdown
 * hooks and exits with 0. A start that fails prints one message and exits with 1.
 */
export function runProcess(definition: ProcessDefinition): void {
  start(definition).catch((error: unknown) => {
    // For operators: the message has the remedy, a stack does not.
    process.stderr.write(shown(`\n${(error as Error).message}\n\n`));
    process.exit(1);
  });
}

async function start({ module, service, serving, banner }: ProcessDefinition): Promise<void> {
  // A start can take long, for example with a long log. Before its end nothing has been accepted.
  const interrupt = () => process.exit(0);
  for (const signal of SIGNALS) process.on(signal, interrupt);
  const configuration = readConfiguration(process.env, serving, process.argv.slice(2));
  const narrowed = prepareDataFolder(configuration.dataFolder);
  await checkEmbeddedStores(configuration);
  // Loaded only now, so that a start with wrong settings or files is refused at once.
  const [{ serve }, root] = await Promise.all([import('./serve.js'), module()]);
  const { app, url, operations } = await serve(root, { configuration, service, serving }, narrowed);
  // Nest ignores further signals while it shuts down.
  app.enableShutdownHooks([...SIGNALS], { useProcessExit: true });
  for (const signal of SIGNALS) process.off(signal, interrupt);
  const lines = [
    ...banner(url, configuration),
    ...(operations === null ? [] : [`Operations        ${operations}`]),
  ];
  process.stdout.write(shown(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`));
}

/** A line of a banner: how to get a token. */
export const tokenLine = ({ authentication }: Configuration): string =>
  authentication.kind === 'local'
    ? 'A token           npm run --silent token -- --sub alice --tenant acme --role customer'
    : `Token issuer      ${authentication.issuer}`;
