import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { nameOf, type Consumer } from '#consuming/consumer.js';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import { Configuration } from '#platform/configuration.js';
import { LOGGER } from '#platform/logging.js';
import { Health } from '#platform/process/health.js';
import { Metrics } from '#platform/process/metrics.js';
import {
  logAndConsumers,
  OK,
  consumerHealth,
  type PartHealth,
} from '#platform/process/part-health.js';
import { countProjected, reportActiveProjections } from '#platform/process/consumer-metrics.js';
import type { ConsumerState } from '#platform/process/consumer-state.js';
import { ConsumerStates } from '#platform/process/consumer-states.js';
import { projectionConsumers } from '#platform/process/projection-consumers.js';
import { projectionTraces } from '#platform/telemetry/projection-traces.js';
import { Telemetry } from '#platform/telemetry/telemetry.js';
import { ViewStore } from '#view-stores/view-store.js';

const NONE: ReadonlySet<string> = new Set();

/** Runs the projections for which this process holds the lease, and reports their health. */
@Injectable()
export class WorkerConsumers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #consumers: readonly Consumer[];
  readonly #count: (projection: string, events: number) => void;
  #runtime: ConsumerRuntime | undefined;

  constructor(
    private readonly reader: LogReader,
    store: ViewStore,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly telemetry: Telemetry,
    { logCheck }: Configuration,
    metrics: Metrics,
    states: ConsumerStates,
    health: Health,
  ) {
    this.#count = countProjected(metrics);
    this.#consumers = projectionConsumers(store, logCheck);
    reportActiveProjections(metrics, this.#consumers.map(nameOf), () => this.#active);
    health.addCheck(() => logAndConsumers(states, (state) => this.#healthOf(state)));
  }

  onApplicationBootstrap(): void {
    const { reader, logger } = this;
    const { tracer } = this.telemetry;
    const traces = tracer === null ? {} : projectionTraces(tracer);
    this.#runtime = new ConsumerRuntime({ reader, logger }, this.#consumers, {
      consumed: ({ consumer, events }) => {
        this.#count(consumer, events);
      },
      ...traces,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#runtime?.stop();
  }

  get #active(): ReadonlySet<string> {
    return this.#runtime?.active ?? NONE;
  }

  /**
   * A new version of a projection is unavailable until its first copy is built. A rolling update
   * therefore keeps the old processes until then.
   */
  #healthOf(state: ConsumerState): PartHealth {
    const { state: how, detail } = consumerHealth(state);
    const role = this.#active.has(state.name) ? 'projected here' : 'on standby';
    return { state: how, detail: detail === OK.detail ? role : `${role}; ${detail}` };
  }
}
