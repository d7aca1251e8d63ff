import type { Codec } from '#event-store/codec/codec.js';
import {
  EventIdTaken,
  StoreUnavailable,
  WrongExpectedRevision,
  type EventStore,
  type JsonObject,
  type RecordedEvent,
} from '#event-store/event-store.js';
import { requireHistory, requireIntact } from '#event-store/history.js';
import type { SnapshotStore } from '#event-store/snapshots.js';
import { commandEvents, type CommandContext } from './command-events.js';
import { unobserved, type CommandObserver, type CommandTrail } from './command-observer.js';
import type { Decider, Decision } from './decider.js';
import { eventIdOf } from './identity.js';
import { OneAtATime } from './one-at-a-time.js';
import type { Outcome } from './outcome.js';
import { StreamLoader, type Folded } from './stream-loader.js';

export type { CommandContext } from './command-events.js';
export type { Done, Outcome } from './outcome.js';

/** How many times a command is tried when other processes write to its stream first. */
const MAX_ATTEMPTS = 8;

/**
 * Runs commands: load · fold · decide · append. The only way from a command to its events.
 *
 * @typeParam State - the folded state of one stream
 */
export class CommandRunner<Command extends { readonly type: string }, State, Event> {
  readonly #loader: StreamLoader<Command, State, Event>;
  readonly #inOrder = new OneAtATime();

  constructor(
    private readonly decider: Decider<Command, State, Event>,
    private readonly codec: Codec<Event>,
    private readonly log: EventStore,
    snapshots: SnapshotStore,
    /** Returns a number from 0 to 1, for the jitter between attempts. */
    private readonly random: () => number,
    private readonly observer: CommandObserver = unobserved,
    /** Throws if a stream's history is known to be damaged, whatever is cached of it. */
    private readonly requireIntact: (stream: string) => void = () => undefined,
  ) {
    this.#loader = new StreamLoader(decider, codec, log, snapshots);
  }

  /**
   * Reads the current state of a stream from the log, for commands on other streams that need it.
   * It does not answer from the cache: another command or process may have written since. Most
   * commands need one, so that only what was written since is read.
   */
  read(stream: string): Promise<Folded<State>> {
    return this.#inOrder.run(stream, () => {
      this.requireIntact(stream);
      return this.#loader.load(stream, { checksCached: false });
    });
  }

  /**
   * Runs a command on a stream. Resolves when its events are durable.
   *
   * @throws StoreUnavailable if the log cannot be read or written, or after too many conflicts.
   * @throws HistoryDamaged if the stream is not what was appended to it.
   */
  async run(stream: string, command: Command, given: CommandContext): Promise<Outcome> {
    const trail = this.observer.started(command.type, given);
    const { traceparent } = trail;
    const context = traceparent === given.traceparent ? given : { ...given, traceparent };
    try {
      const outcome = await this.#inOrder.run(stream, () =>
        this.#run(stream, command, context, trail),
      );
      trail.completed(outcome);
      return outcome;
    } catch (error) {
      trail.failed(error);
      throw error;
    }
  }

  async #run(
    stream: string,
    command: Command,
    context: CommandContext,
    trail: CommandTrail,
  ): Promise<Outcome> {
    if (context.fingerprint !== undefined) {
      const replayed = await this.#replay(context.commandId, context.fingerprint);
      if (replayed !== null) return replayed;
    }
    this.requireIntact(stream);
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        return await this.#attempt(stream, command, context, trail);
      } catch (error) {
        if (error instanceof EventIdTaken) return await this.#taken(context);
        if (!(error instanceof WrongExpectedRevision)) throw error;
        trail.conflicted();
        await this.#pause(attempt);
        await this.#load(stream, trail);
      }
    }
    throw new StoreUnavailable('Too many concurrent writes to the same stream. Try again.');
  }

  async #attempt(
    stream: string,
    command: Command,
    context: CommandContext,
    trail: CommandTrail,
  ): Promise<Outcome> {
    let folded = this.#loader.cached(stream);
    trail.stateLookedUp(folded !== undefined);
    let decision = folded && this.decider.decide(command, folded.state);
    if (folded === undefined || decision === undefined || !canAppend(decision, folded, context)) {
      // A command that appends nothing is decided on fresh state: others may have written since.
      folded = await this.#load(stream, trail);
      decision = this.decider.decide(command, folded.state);
    }
    const { revision } = folded.head;
    const aboutTheActor = !decision.accepted && decision.refusal.aboutTheActor === true;
    if (mismatches(folded, context) && !aboutTheActor) {
      return { kind: 'revision_mismatch', revision };
    }
    if (!decision.accepted) return { kind: 'refused', refusal: decision.refusal };
    if (decision.events.length === 0) {
      const after = this.decider.describe(folded.state);
      return {
        kind: 'done',
        replayed: false,
        revision,
        position: folded.position,
        events: [],
        after,
      };
    }
    const { events, role } = decision;
    return this.#append(stream, folded, events, { ...context, role }, trail);
  }

  async #load(stream: string, trail: CommandTrail): Promise<Folded<State>> {
    trail.phaseStarted('load');
    const folded = await this.#loader.load(stream);
    trail.phaseEnded();
    return folded;
  }

  async #append(
    stream: string,
    folded: Folded<State>,
    events: readonly Event[],
    context: CommandContext & { readonly role: string },
    trail: CommandTrail,
  ): Promise<Outcome> {
    const made = commandEvents(this.decider, this.codec, folded.state, events, context);
    const { toAppend, state, after } = made;
    trail.phaseStarted('append');
    const { head, position, repeated } = await this.log.append(stream, folded.head, toAppend, {
      derivedIds: context.fingerprint !== undefined,
    });
    trail.phaseEnded();
    // Another process used the same key first: answer with what it appended.
    if (repeated && context.fingerprint !== undefined) return this.#taken(context);
    this.#loader.keep(stream, { head, position, state });
    const types = toAppend.map(({ type }) => type);
    return {
      kind: 'done',
      replayed: false,
      revision: head.revision,
      position,
      events: types,
      after,
    };
  }

  /**
   * The outcome of an earlier command with this id, read from the log; null if there is none. Its
   * events follow each other.
   *
   * @throws HistoryDamaged if one of them, or the next one, was altered.
   */
  async #replay(commandId: string, fingerprint: string): Promise<Outcome | null> {
    const first = await this.log.findEvent(eventIdOf(commandId, 0));
    if (first === null) return null;
    requireIntact(first);
    if (first.metadata['request'] !== fingerprint) return { kind: 'idempotency_key_reused' };
    const { stream, revision } = first;
    const following = await this.log.readStream(stream, { from: revision, limit: 100 });
    const end = following.findIndex(
      ({ damage, metadata }) => damage === undefined && metadata['commandId'] !== commandId,
    );
    const events = end < 0 ? following : following.slice(0, end);
    requireHistory(stream, null, events);
    const last: RecordedEvent = events.at(-1) ?? first;
    return {
      kind: 'done',
      replayed: true,
      revision: last.revision,
      position: last.position,
      events: events.map(({ type }) => type),
      after: (last.metadata['after'] ?? null) as JsonObject | null,
    };
  }

  /** The same key was used at the same time, on another stream or in another process. */
  async #taken({ commandId, fingerprint }: CommandContext): Promise<Outcome> {
    const replayed = fingerprint && (await this.#replay(commandId, fingerprint));
    if (!replayed)
      throw new Error(`Command ${commandId} uses the id of an event that is already in the log.`);
    return replayed;
  }

  async #pause(attempt: number): Promise<void> {
    const delayMs = this.random() * 2 ** attempt;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
}

const mismatches = ({ head }: Folded<unknown>, { ifMatch }: CommandContext): boolean =>
  ifMatch !== undefined && !ifMatch.includes(head.revision);

/** Whether a decision on a cached state can be appended: the append fails if the state is stale. */
const canAppend = <Event>(
  decision: Decision<Event>,
  folded: Folded<unknown>,
  context: CommandContext,
): boolean => decision.accepted && decision.events.length > 0 && !mismatches(folded, context);
