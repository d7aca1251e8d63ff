import { Module, type FactoryProvider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CommandRunners } from '#commands/command-runners.js';
import { LogFacts } from '#commands/facts.js';
import { EventStore } from '#event-store/event-store.js';
import { SnapshotStore } from '#event-store/snapshots.js';
import { AuthenticationModule } from '#platform/authentication/authentication.module.js';
import { Configuration } from '#platform/configuration.js';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { logNameOf } from '#platform/stores.js';
import { System } from '#platform/system.js';
import { commandTelemetry } from '#platform/telemetry/command-telemetry.js';
import { Telemetry } from '#platform/telemetry/telemetry.js';
import { Views } from '#projections/views.js';
import { unlessUnavailable, ViewStore } from '#view-stores/view-store.js';
import { BatchController } from './batch.controller.js';
import { EngineersController } from './engineers/engineers.controller.js';
import { GiveCommandHandler } from './give-command-handler.js';
import { LogController } from './log/log.controller.js';
import { ServicesController } from './services/services.controller.js';
import { ticketActionControllers } from './tickets/ticket-actions.controller.js';
import { TicketsController } from './tickets/tickets.controller.js';

const runners: FactoryProvider<CommandRunners> = {
  provide: CommandRunners,
  inject: [EventStore, SnapshotStore, System, Telemetry, Configuration, DamagedHistories],
  useFactory: (
    log: EventStore,
    snapshots: SnapshotStore,
    system: System,
    telemetry: Telemetry,
    configuration: Configuration,
    damaged: DamagedHistories,
  ) => {
    const observer = commandTelemetry(telemetry, logNameOf(configuration));
    const requireIntact = (stream: string) => {
      damaged.requireIntact(stream);
    };
    return new CommandRunners(log, snapshots, () => system.random(), observer, requireIntact);
  },
};

const facts: FactoryProvider<LogFacts> = {
  provide: LogFacts,
  inject: [CommandRunners, Configuration, ViewStore],
  useFactory: (known: CommandRunners, { confirmationMinutes }: Configuration, views: ViewStore) => {
    const { tickets } = new Views(views);
    return new LogFacts(known, confirmationMinutes, async (ticketId) => {
      return (await unlessUnavailable(tickets.get(ticketId)))?.ticket.requester ?? null;
    });
  },
};

/** Commands over HTTP. Needs the stores of a process that writes. */
@Module({
  imports: [CqrsModule, AuthenticationModule, ConsumersModule],
  controllers: [
    TicketsController,
    ...ticketActionControllers,
    BatchController,
    ServicesController,
    EngineersController,
    LogController,
  ],
  providers: [runners, facts, GiveCommandHandler],
})
export class CommandsModule {}
