import { CommandRunner } from '#event-sourcing/command-runner.js';
import { engineerCodec, serviceCodec, ticketCodec } from '#event-store/codec/stored-types.js';
import { unobserved, type CommandObserver } from '#event-sourcing/command-observer.js';
import type { EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { engineerDecider, serviceDecider, ticketDecider } from './deciders.js';

/** The three kinds of stream, each with its runner. */
export class Aggregates {
  readonly tickets;
  readonly services;
  readonly engineers;

  constructor(
    log: EventStore,
    snapshots: SnapshotStore,
    random: () => number,
    /** Makes what follows the commands on a kind of stream. */
    observer: (aggregate: string) => CommandObserver = () => unobserved,
  ) {
    const given = [log, snapshots, random] as const;
    this.tickets = new CommandRunner(ticketDecider, ticketCodec, ...given, observer('ticket'));
    this.services = new CommandRunner(serviceDecider, serviceCodec, ...given, observer('service'));
    this.engineers = new CommandRunner(
      engineerDecider,
      engineerCodec,
      ...given,
      observer('engineer'),
    );
  }
}
