import { Module } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { ConsumersModule } from '#platform/process/consumers.module.js';
import { POLICY_STORE } from '#platform/stores.module.js';
import { dispatchPolicy } from '#policies/dispatch-policy.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { PolicyConsumers, POLICIES } from './policy-consumers.js';
import { dispatchWith } from './tickets/dispatch-with.js';

/** Runs the policies. They give commands, so they run in a process that writes to the log. */
@Module({
  imports: [CqrsModule, ConsumersModule],
  providers: [
    {
      provide: POLICIES,
      inject: [POLICY_STORE, CommandBus],
      useFactory: (store: ViewStore, commands: CommandBus) => [
        dispatchPolicy(store, dispatchWith(commands)),
      ],
    },
    PolicyConsumers,
  ],
})
export class DispatchingModule {}
