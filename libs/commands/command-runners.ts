import { CommandRunner } from '#event-sourcing/command-runner.js';
import { engineerCodec, serviceCodec, ticketCodec } from '#event-store/codec/stored-types.js';
import { unobserved, type CommandObserver } from '#event-sourcing/command-observer.js';
import type { EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { engineerDecider, serviceDecider, ticketDecider } from '#ticketing/deciders.js';
import type { EngineerCommand } from '#ticketing/engineer/decide.js';
import type { EngineerEvent } from '#ticketing/engineer/events.js';
import type { EngineerState } from '#ticketing/engineer/state.js';
import type { ServiceCommand } from '#ticketing/service/decide.js';
import type { ServiceEvent } from '#ticketing/service/events.js';
import type { ServiceState } from '#ticketing/service/state.js';
import type { TicketCommand } from '#ticketing/ticket/catalogue.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import type { TicketState } from '#ticketing/ticket/state.js';

/** A command runner for each kind of stream. */
export class CommandRunners {
  readonly tickets: CommandRunner<TicketCommand, TicketState, TicketEvent>;
  readonly services: CommandRunner<ServiceCommand, ServiceState, ServiceEvent>;
  readonly engineers: CommandRunner<EngineerCommand, EngineerState, EngineerEvent>;

  constructor(
    log: EventStore,
    snapshots: SnapshotStore,
    /** Returns a number from 0 to 1, for the jitter between attempts. */
    random: () => number,
    /** Creates the observer of the commands on a kind of stream. */
    observer: (kind: 'ticket' | 'service' | 'engineer') => CommandObserver = () => unobserved,
    /** Throws if a stream's history is known to be damaged. */
    requireIntact: (stream: string) => void = () => undefined,
  ) {
    const common = [log, snapshots, random] as const;
    const more = (kind: 'ticket' | 'service' | 'engineer') =>
      [observer(kind), requireIntact] as const;
    this.tickets = new CommandRunner(ticketDecider, ticketCodec, ...common, ...more('ticket'));
    this.services = new CommandRunner(serviceDecider, serviceCodec, ...common, ...more('service'));
    this.engineers = new CommandRunner(
      engineerDecider,
      engineerCodec,
      ...common,
      ...more('engineer'),
    );
  }
}
