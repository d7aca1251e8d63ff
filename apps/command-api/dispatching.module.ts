import { Module } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { EventReader } from '#event-store/event-store.js';
import { LOGGER } from '#platform/logging.js';
import { DispatchPolicy } from '#policies/dispatch-policy.js';
import { Views } from '#projections/views.js';
import { dispatchWith } from './tickets/dispatch.js';

/** Provides the policy that dispatches tickets. The process that imports it runs the policy. */
@Module({
  imports: [CqrsModule],
  providers: [
    {
      provide: DispatchPolicy,
      inject: [EventReader, Views, CommandBus, LOGGER],
      useFactory: (log: EventReader, views: Views, commands: CommandBus, logger: Logger) =>
        new DispatchPolicy(log, views, dispatchWith(commands), logger),
    },
  ],
  exports: [DispatchPolicy],
})
export class DispatchingModule {}
