import type { Tracer } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { CommandContext } from '#event-sourcing/command-events.js';
import type { CommandObserver, CommandTrail } from '#event-sourcing/command-observer.js';
import { CommandMetrics } from './command-metrics.js';
import { MeasuredCommand } from './measured-command.js';
import { TracedCommand } from './traced-command.js';

/** Whatever kind of stream commands are on: what is common to them all. */
export interface CommandTelemetrySettings {
  readonly registry: Registry;
  /** Null where nothing is traced. */
  readonly tracer: Tracer | null;
  readonly logger: Logger;
  /** Which log it is, such as `sqlite`. */
  readonly store: string;
}

/** Makes what follows the commands on one kind of stream, such as `ticket`. */
export function commandTelemetry({
  registry,
  tracer,
  logger,
  store,
}: CommandTelemetrySettings): (aggregate: string) => CommandObserver {
  const metrics = new CommandMetrics(registry, store);
  return (aggregate) => {
    const counters = new Map<string, ReturnType<CommandMetrics['commands']>>();
    return {
      given(command: string, context: CommandContext): CommandTrail {
        let count = counters.get(command);
        if (count === undefined) {
          count = metrics.commands(aggregate, command);
          counters.set(command, count);
        }
        const what = { aggregate, command, context, count, metrics, logger };
        return tracer === null ? new MeasuredCommand(what) : new TracedCommand(what, tracer, store);
      },
    };
  };
}
