import type { Provider } from '@nestjs/common';
import type { EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import type { Configuration } from '#platform/configuration.js';
import { logNameOf } from '#platform/stores.js';
import type { System } from '#platform/system.js';
import { commandTelemetry } from '#platform/telemetry/command-telemetry.js';
import type { Telemetry } from '#platform/telemetry/telemetry.js';
import { Aggregates } from './aggregates.js';
import { CommandRules } from './command-rules.js';

/** What commands are decided with. */
export const commandProviders = (
  {
    confirmationMinutes,
    eventStoreUrl,
  }: Pick<Configuration, 'confirmationMinutes' | 'eventStoreUrl'>,
  log: EventStore,
  snapshots: SnapshotStore,
  system: System,
  telemetry: Telemetry,
): Provider[] => {
  const observer = commandTelemetry(telemetry, logNameOf({ eventStoreUrl }));
  const aggregates = new Aggregates(log, snapshots, () => system.random(), observer);
  return [
    { provide: Aggregates, useValue: aggregates },
    { provide: CommandRules, useValue: new CommandRules(confirmationMinutes) },
  ];
};
