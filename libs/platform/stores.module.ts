import {
  Inject,
  Module,
  Optional,
  type DynamicModule,
  type FactoryProvider,
  type OnApplicationShutdown,
  type Provider,
} from '@nestjs/common';
import type { Logger } from 'pino';
import { LogReader } from '#consuming/log-reader.js';
import { EventReader, EventStore } from '#event-store/event-store.js';
import { SnapshotStore } from '#event-store/snapshots.js';
import { Views } from '#projections/views.js';
import { ViewStore } from '#view-stores/view-store.js';
import { Configuration } from './configuration.js';
import { LOGGER } from './logging.js';
import { documentsObserver } from './process/documents-observer.js';
import { eventStoreObserver } from './process/event-store-observer.js';
import { Metrics } from './process/metrics.js';
import {
  openEventReader,
  openEventStore,
  openPolicyStore,
  openSnapshots,
  openViewStore,
  readerOf,
} from './stores.js';

/** The store of the policies' state, apart from the read models. */
export const POLICY_STORE = Symbol('the store of the policies');

const configuredLog: FactoryProvider<EventStore> = {
  provide: EventStore,
  inject: [Configuration, LOGGER, Metrics],
  useFactory: (configuration: Configuration, logger: Logger, metrics: Metrics) =>
    openEventStore(configuration, eventStoreObserver(logger, metrics)),
};

/**
 * Opens the stores of a process, the log first: it locks the data folder. Closes them at shutdown
 * after everything that uses them, because Nest shuts down global modules last.
 */
@Module({})
export class StoresModule implements OnApplicationShutdown {
  constructor(
    private readonly log: EventReader,
    private readonly views: ViewStore,
    @Inject(POLICY_STORE) private readonly policies: ViewStore,
    @Optional() private readonly snapshots?: SnapshotStore,
  ) {}

  /** For a process that reads the log. */
  static forReading(): DynamicModule {
    return storesModule([
      { provide: EventReader, inject: [Configuration], useFactory: openEventReader },
      {
        provide: LogReader,
        inject: [EventReader],
        useFactory: (reader: EventReader) => LogReader.of(reader),
      },
    ]);
  }

  /**
   * For a process that appends to the log.
   *
   * @param log - opens the log @default the one that the settings name
   */
  static forWriting(log: FactoryProvider<EventStore> = configuredLog): DynamicModule {
    return storesModule([
      log,
      { provide: EventReader, useExisting: EventStore },
      { provide: LogReader, inject: [EventStore], useFactory: readerOf },
      { provide: SnapshotStore, inject: [Configuration, EventStore], useFactory: openSnapshots },
    ]);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.views.close();
    await this.policies.close();
    this.snapshots?.close();
    await this.log.close();
  }
}

const storesModule = (log: readonly Provider[]): DynamicModule => {
  const providers: Provider[] = [
    ...log,
    {
      provide: ViewStore,
      inject: [Configuration, LOGGER, EventReader],
      useFactory: (configuration: Configuration, logger: Logger) =>
        openViewStore(configuration, documentsObserver(logger)),
    },
    {
      provide: POLICY_STORE,
      inject: [Configuration, LOGGER, EventReader],
      useFactory: (configuration: Configuration, logger: Logger) =>
        openPolicyStore(configuration, documentsObserver(logger)),
    },
    { provide: Views, inject: [ViewStore], useFactory: (store: ViewStore) => new Views(store) },
  ];
  const exports = providers.map((provider) =>
    'provide' in provider ? provider.provide : provider,
  );
  return { module: StoresModule, global: true, providers, exports };
};
