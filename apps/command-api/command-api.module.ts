import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { BatchController } from './batch.js';
import { EngineerCommandHandler } from './engineers/engineer-command-handler.js';
import { PutEngineerController } from './engineers/put-engineer.js';
import { ConfigureOwnersController } from './services/configure-owners.js';
import { PutServiceController } from './services/put-service.js';
import { ServiceCommandHandler } from './services/service-command-handler.js';
import { CreateController } from './tickets/create.js';
import { ticketRoutes } from './tickets/routes.js';
import { TicketCommandHandler } from './tickets/ticket-command-handler.js';

/** Commands over HTTP. It is given Aggregates, CommandRules and what platform provides. */
@Module({
  imports: [CqrsModule],
  controllers: [
    CreateController,
    ...ticketRoutes.map(({ controller }) => controller),
    BatchController,
    PutServiceController,
    ConfigureOwnersController,
    PutEngineerController,
  ],
  providers: [TicketCommandHandler, ServiceCommandHandler, EngineerCommandHandler],
})
export class CommandApiModule {}
