import type { CommandContext } from '#event-sourcing/command-events.js';
import type { CommandObserver, CommandTrail } from '#event-sourcing/command-observer.js';
import { CommandMetrics } from './command-metrics.js';
import { MeasuredCommand } from './measured-command.js';
import type { Telemetry } from './telemetry.js';
import { TracedCommand } from './traced-command.js';

/**
 * Makes observers of the commands on one kind of stream, such as `ticket`.
 *
 * @param store - the name of the log's store, such as `sqlite`
 */
export function commandTelemetry(
  { registry, tracer, logger }: Telemetry,
  store: string,
): (aggregate: string) => CommandObserver {
  const metrics = new CommandMetrics(registry, store);
  const storeAttributes = { 'db.system.name': store };
  return (aggregate) => {
    const counters = new Map<string, ReturnType<CommandMetrics['commands']>>();
    return {
      started(command: string, context: CommandContext): CommandTrail {
        let count = counters.get(command);
        if (count === undefined) {
          count = metrics.commands(aggregate, command);
          counters.set(command, count);
        }
        const what = { aggregate, command, context, count, metrics, logger };
        return tracer === null
          ? new MeasuredCommand(what)
          : new TracedCommand(what, tracer, storeAttributes);
      },
    };
  };
}
