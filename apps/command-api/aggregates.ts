import { CommandRunner } from '#event-sourcing/command-runner.js';
import { engineerCodec, serviceCodec, ticketCodec } from '#event-store/codec/stored-types.js';
import type { EventStore } from '#event-store/event-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { engineerDecider, serviceDecider, ticketDecider } from './deciders.js';

/** The three kinds of stream, each with its runner. */
export class Aggregates {
  readonly tickets;
  readonly services;
  readonly engineers;

  constructor(log: EventStore, snapshots: SnapshotStore, random: () => number) {
    this.tickets = new CommandRunner(ticketDecider, ticketCodec, log, snapshots, random);
    this.services = new CommandRunner(serviceDecider, serviceCodec, log, snapshots, random);
    this.engineers = new CommandRunner(engineerDecider, engineerCodec, log, snapshots, random);
  }
}
