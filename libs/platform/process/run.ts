import type { Logger } from 'pino';
import { readConfiguration, type Configuration, type Serving } from '../configuration.js';
import { createLogger } from '../logging.js';
import type { Tracer } from '../telemetry/tracer.js';
import { startTracing } from '../telemetry/tracing.js';

/** What was started, and listens. */
export interface RunningService {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Finishes what is under way, then lets go of everything. */
  stop(): Promise<void>;
}

/** What a process is about. */
export interface Program {
  /** What its spans are named by. */
  readonly name: string;
  /** Whom it answers: users, who show tokens, or whoever watches over it only. */
  readonly serving: Serving;
  /** Whatever is wrong with a setting or a data file is thrown, in words. */
  readonly start: (
    configuration: Configuration,
    logger: Logger,
    tracer: Tracer | null,
  ) => Promise<RunningService>;
  /** What it says of itself once it listens, a line each. */
  readonly greeting: (url: string, configuration: Configuration) => readonly string[];
}

/** Runs a process until it is told to stop: by SIGTERM or SIGINT, and then it exits 0. */
export function run({ name, serving, start, greeting }: Program): void {
  let stop: (() => Promise<void>) | null = null;
  // From the beginning: a start that reads through a long log can be broken off.
  onFirst(['SIGTERM', 'SIGINT'], () => {
    // As long as it does not listen, nobody was promised anything.
    if (stop === null) process.exit(0);
    stop().then(() => process.exit(0), fail);
  });
  const begin = async () => {
    const configuration = readConfiguration(process.env, serving);
    const logger = createLogger(configuration.logLevel);
    const tracing = await startTracing(process.env, name, logger);
    const service = await start(configuration, logger, tracing?.tracer ?? null);
    stop = () => service.stop().then(() => tracing?.stop());
    const lines = greeting(service.url, configuration);
    process.stdout.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`);
  };
  begin().catch(fail);
}

/** A second signal does not make it any faster: what is under way is finished. */
function onFirst(signals: readonly NodeJS.Signals[], stop: () => void): void {
  let stopping = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop();
    });
  }
}

/** Says what is wrong and what to do, without a stack: it is the operator who reads it. */
function fail(error: unknown): void {
  process.stderr.write(`\n${(error as Error).message}\n\n`);
  process.exit(1);
}

/** How people come by a token: a line of a greeting. */
export const tokenLine = ({ authentication }: Configuration): string =>
  authentication.kind === 'local'
    ? 'A token           npm run --silent token -- --sub alice --tenant acme --role customer'
    : `Tokens of         ${authentication.issuer}`;
