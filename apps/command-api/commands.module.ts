import { Module, type FactoryProvider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EventStore } from '#event-store/event-store.js';
import { SnapshotStore } from '#event-store/snapshots.js';
import { AuthenticationModule } from '#platform/authentication/authentication.module.js';
import { Configuration } from '#platform/configuration.js';
import { logNameOf } from '#platform/stores.js';
import { System } from '#platform/system.js';
import { commandTelemetry } from '#platform/telemetry/command-telemetry.js';
import { Telemetry } from '#platform/telemetry/telemetry.js';
import { CommandRunners } from '#platform/commands/command-runners.js';
import { BatchController } from './batch.js';
import { CommandRules } from './command-rules.js';
import { EngineerCommandHandler } from './engineers/engineer-command-handler.js';
import { PutEngineerController } from './engineers/put-engineer.js';
import { ConfigureOwnersController } from './services/configure-owners.js';
import { PutServiceController } from './services/put-service.js';
import { ServiceCommandHandler } from './services/service-command-handler.js';
import { CreateController } from './tickets/create.js';
import { ticketRoutes } from './tickets/routes.js';
import { TicketCommandHandler } from './tickets/ticket-command-handler.js';

const runners: FactoryProvider<CommandRunners> = {
  provide: CommandRunners,
  inject: [EventStore, SnapshotStore, System, Telemetry, Configuration],
  useFactory: (
    log: EventStore,
    snapshots: SnapshotStore,
    system: System,
    telemetry: Telemetry,
    configuration: Configuration,
  ) => {
    const observer = commandTelemetry(telemetry, logNameOf(configuration));
    return new CommandRunners(log, snapshots, () => system.random(), observer);
  },
};

const commandRules: FactoryProvider<CommandRules> = {
  provide: CommandRules,
  inject: [Configuration],
  useFactory: ({ confirmationMinutes }: Configuration) => new CommandRules(confirmationMinutes),
};

/** Commands over HTTP. Needs the stores of a process that writes. */
@Module({
  imports: [CqrsModule, AuthenticationModule],
  controllers: [
    CreateController,
    ...ticketRoutes.map(({ controller }) => controller),
    BatchController,
    PutServiceController,
    ConfigureOwnersController,
    PutEngineerController,
  ],
  providers: [
    runners,
    commandRules,
    TicketCommandHandler,
    ServiceCommandHandler,
    EngineerCommandHandler,
  ],
})
export class CommandsModule {}
