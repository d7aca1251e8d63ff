import { randomUUID } from 'node:crypto';
import { createCodec } from '#event-store/codec/codec.js';
import { number, objectOf } from '#event-store/codec/shape.js';
import type { EventStore } from '#event-store/event-store.js';
import { MemoryEventStore } from '#event-store/memory/memory-event-store.js';
import { MemorySnapshotStore } from '#event-store/memory/memory-snapshot-store.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { CommandRunner, type CommandContext, type Outcome } from '../command-runner.js';
import type { Decider } from '../decider.js';

export type CounterCommand =
  /** Adds each amount with a separate event. */
  | { readonly type: 'add'; readonly amounts: readonly number[] }
  /** Adds the difference to a total: a repeat if it is reached already, refused if exceeded. */
  | { readonly type: 'fill'; readonly upTo: number }
  | { readonly type: 'empty' }
  /** Refused for every actor. */
  | { readonly type: 'forbidden' };

export type CounterEvent =
  | { readonly type: 'Added'; readonly data: { readonly amount: number } }
  | { readonly type: 'Emptied'; readonly data: { readonly removed: number } };

export interface CounterState {
  readonly total: number;
  readonly events: number;
}

/** A minimal domain: a number that grows. */
export const counter: Decider<CounterCommand, CounterState, CounterEvent> = {
  initial: { total: 0, events: 0 },
  stateVersion: 1,
  decide(command, { total }) {
    switch (command.type) {
      case 'add':
        return {
          accepted: true,
          role: 'adder',
          events: command.amounts.map((amount) => ({ type: 'Added', data: { amount } })),
        };
      case 'fill': {
        if (total > command.upTo) return { accepted: false, refusal: tooFull };
        const amount = command.upTo - total;
        const events = amount === 0 ? [] : [{ type: 'Added', data: { amount } } as const];
        return { accepted: true, role: 'filler', events };
      }
      case 'empty':
        return {
          accepted: true,
          role: 'emptier',
          events: [{ type: 'Emptied', data: { removed: total } }],
        };
      case 'forbidden':
        return { accepted: false, refusal: notYou };
    }
  },
  evolve: ({ total, events }, event) => ({
    total: event.type === 'Added' ? total + event.data.amount : 0,
    events: events + 1,
  }),
  describe: ({ total, events }) => (events === 0 ? null : { total }),
};

export const tooFull = { code: 'too_full', detail: 'The total is higher already.' };
export const notYou = {
  code: 'forbidden',
  detail: 'The actor may not do this.',
  aboutTheActor: true,
};

export const counterCodec = createCodec<CounterEvent>({
  Added: { version: 1, shape: objectOf({ amount: number }) },
  Emptied: { version: 1, shape: objectOf({ removed: number }) },
});

export const add = (...amounts: number[]): CounterCommand => ({ type: 'add', amounts });
export const fill = (upTo: number): CounterCommand => ({ type: 'fill', upTo });
export const empty: CounterCommand = { type: 'empty' };
export const forbidden: CounterCommand = { type: 'forbidden' };

/** A command context with a new id and default values, changed as given. */
export function aContext(change: Partial<CommandContext> = {}): CommandContext {
  const commandId = change.commandId ?? randomUUID();
  return {
    commandId,
    at: '2026-11-24T12:00:00.000Z',
    actor: { id: 'alice', tenant: 'acme' },
    correlationId: commandId,
    causationId: commandId,
    ...change,
  };
}

/** Runs counter commands; `restart` makes a new runner on the same log, as a restarted process does. */
export class Desk {
  #runner: CommandRunner<CounterCommand, CounterState, CounterEvent>;

  constructor(
    readonly log: EventStore = new MemoryEventStore(),
    readonly snapshots: SnapshotStore = new MemorySnapshotStore(),
    private readonly decider = counter,
  ) {
    this.#runner = this.#start();
  }

  run(command: CounterCommand, context: Partial<CommandContext> = {}): Promise<Outcome> {
    return this.runOn('counter', command, context);
  }

  runOn(
    stream: string,
    command: CounterCommand,
    context: Partial<CommandContext> = {},
  ): Promise<Outcome> {
    return this.#runner.run(stream, command, aContext(context));
  }

  async state(stream = 'counter'): Promise<CounterState> {
    return (await this.#runner.read(stream)).state;
  }

  restart(): void {
    this.#runner = this.#start();
  }

  /** A counter's events in the log, as amounts or type names. */
  async amounts(stream = 'counter'): Promise<(number | string)[]> {
    const events = await this.log.readStream(stream, { limit: 1_000_000 });
    return events
      .map((event) => counterCodec.decode(event))
      .map((event) => (event.type === 'Added' ? event.data.amount : event.type));
  }

  #start(): CommandRunner<CounterCommand, CounterState, CounterEvent> {
    // No jitter, so that tests do not wait.
    return new CommandRunner(this.decider, counterCodec, this.log, this.snapshots, () => 0);
  }
}
