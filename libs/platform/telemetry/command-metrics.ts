import { Counter, Histogram, type Registry } from 'prom-client';
import { countsLookups, type CountLookup } from './cache-metrics.js';

/** How an append to the log ended. */
export type AppendEnd = 'appended' | 'conflict' | 'failed';

/** The metrics of all commands of a process. Label values come from closed sets; none is an id. */
export class CommandMetrics {
  readonly stateLookedUp: CountLookup;
  readonly #commands: Counter;
  readonly #conflicts: Counter;
  readonly #appends: Readonly<Record<AppendEnd, Pick<Histogram.Internal<string>, 'observe'>>>;

  /** @param store - the name of the log's store, such as `sqlite` */
  constructor(registry: Registry, store: string) {
    const registers = [registry];
    this.stateLookedUp = countsLookups(registry, 'folded streams');
    this.#commands = new Counter({
      name: 'tickets_commands_total',
      help: 'Commands by outcome; code is the reason of a refusal',
      labelNames: ['aggregate', 'command', 'outcome', 'code'],
      registers,
    });
    this.#conflicts = new Counter({
      name: 'tickets_command_conflicts_total',
      help: 'Appends that lost to another writer; the command is then decided again',
      labelNames: ['aggregate', 'command'],
      registers,
    });
    const appends = new Histogram({
      name: 'tickets_append_seconds',
      help: 'Time from handing events to the log until they are durable or rejected',
      labelNames: ['store', 'outcome'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    });
    this.#appends = {
      appended: appends.labels({ store, outcome: 'appended' }),
      conflict: appends.labels({ store, outcome: 'conflict' }),
      failed: appends.labels({ store, outcome: 'failed' }),
    };
  }

  appended(end: AppendEnd, seconds: number): void {
    this.#appends[end].observe(seconds);
  }

  /** Counts commands of one name by their outcomes. */
  commands(aggregate: string, command: string): (outcome: string, code: string) => void {
    const known = new Map<string, () => void>();
    return (outcome, code) => {
      // Cached: looking up labels costs more than counting.
      let count = known.get(outcome + code);
      if (count === undefined) {
        const counter = this.#commands.labels({ aggregate, command, outcome, code });
        count = () => {
          counter.inc();
        };
        known.set(outcome + code, count);
      }
      count();
    };
  }

  conflicted(aggregate: string, command: string): void {
    this.#conflicts.inc({ aggregate, command });
  }
}
