import type { Provider } from '@nestjs/common';
import type { EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import type { Configuration } from '#platform/configuration.js';
import type { System } from '#platform/system.js';
import { Aggregates } from './aggregates.js';
import { CommandRules } from './command-rules.js';

/** What commands are decided with. */
export const commandProviders = (
  { confirmationMinutes }: Pick<Configuration, 'confirmationMinutes'>,
  log: EventStore,
  snapshots: SnapshotStore,
  system: System,
): Provider[] => [
  { provide: Aggregates, useValue: new Aggregates(log, snapshots, () => system.random()) },
  { provide: CommandRules, useValue: new CommandRules(confirmationMinutes) },
];
