import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  NO_STREAM,
  type Position,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { ProjectedEvent } from '#read-models/projection.js';
import { SqliteReadModelStore } from '#read-models/sqlite/sqlite-read-model-store.js';
import { projections } from '#read-models/views/all.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import { pause, until } from '#test/support/until.js';
import type { Fault, FaultRun } from './fault.js';
import { activeIn, ProjectorProcesses } from './projections/projector-processes.js';
import { caughtUp, compareWithFold } from './projections/read-models.js';
import { allOf, randomStory } from './projections/story.js';
import type { Random } from './random.js';

const PROJECTORS = 3;
const TRIALS_A_ROUND = 10;
const TURNS = 12_000;
const TICKETS = 300;
/** How long the log rests between two events: at most some hundred events a second. */
const PACE_MILLISECONDS = 5;
const LONGEST_RUN_MILLISECONDS = 1_000;
const TAKEOVER_MILLISECONDS = 10_000;

/** One of so many is not killed but stopped, and goes on when another has taken over. */
const STOPPED = 3;

/** The active one of several projectors dies, or falls asleep, while the log grows. */
export const killActiveProjector: Fault = {
  name: 'kill-active-projector',
  holds:
    'another takes over within ten seconds, one that wakes up again writes nothing, and every document equals a fold of the log',
  target: 50,
  async run({ trials, random, tried }: FaultRun) {
    const takeovers: number[] = [];
    let done = 0;
    let rounds = 0;
    let asleep = 0;
    while (done < trials) {
      rounds += 1;
      const round = await Round.open(random);
      try {
        for (let trial = 0; trial < TRIALS_A_ROUND && done < trials; trial++) {
          const sleeps = done % STOPPED === STOPPED - 1;
          const { failures, took } = await round.trial(sleeps);
          takeovers.push(took);
          if (sleeps) asleep += 1;
          tried((done += 1));
          const figures = told(takeovers, asleep);
          if (failures.length > 0) return { trials: done, rounds, figures, failures };
        }
      } finally {
        await round.close();
      }
    }
    return { trials: done, rounds, figures: told(takeovers, asleep), failures: [] };
  },
};

function told(takeovers: readonly number[], asleep: number): string {
  const sorted = [...takeovers].sort((a, b) => a - b);
  const seconds = (milliseconds = 0) => (milliseconds / 1_000).toFixed(1);
  const median = sorted[Math.floor(sorted.length / 2)];
  return `taken over after ${seconds(sorted[0])} to ${seconds(sorted.at(-1))} s, half of them within ${seconds(median)} s; ${asleep} of ${sorted.length} were stopped and woke up again`;
}

/** Some trials on one log, which grows all the while. */
class Round {
  #written = 0;
  readonly #heads = new Map<string, StreamHead>();

  private constructor(
    private readonly folder: string,
    private readonly random: Random,
    private readonly story: {
      readonly stored: readonly RecordedEvent[];
      readonly events: readonly ProjectedEvent[];
    },
    private readonly log: SqliteEventStore,
    private readonly store: SqliteReadModelStore,
    private readonly projectors: ProjectorProcesses,
  ) {}

  static async open(random: Random): Promise<Round> {
    const folder = newFolder();
    const story = await randomStory(random, TURNS, TICKETS);
    const log = await SqliteEventStore.open({ folder });
    const store = new SqliteReadModelStore(join(folder, 'read-models.db'));
    const stored = { stored: await allOf(story), events: await story.events() };
    const projectors = new ProjectorProcesses(folder, {});
    const round = new Round(folder, random, stored, log, store, projectors);
    try {
      for (let one = 0; one < PROJECTORS; one++) await projectors.add();
    } catch (error) {
      await round.close();
      throw error;
    }
    return round;
  }

  async close(): Promise<void> {
    await this.projectors.end();
    await this.store.close();
    await this.log.close();
    removeFolder(this.folder);
  }

  async trial(sleeps: boolean): Promise<{ readonly failures: string[]; readonly took: number }> {
    const stop = new AbortController();
    const growing = this.#grow(stop.signal);
    try {
      const { one, names } = await this.projectors.mostActive();
      await pause(this.random.between(0, LONGEST_RUN_MILLISECONDS));
      if (sleeps) await this.#fallAsleep(one);
      else await this.projectors.kill(one);
      const took = await this.#takenOver(names);
      if (sleeps) await wakeUp(one, names);
      else await this.projectors.add();
      stop.abort();
      await growing;
      return { took, failures: await this.#check(took) };
    } finally {
      stop.abort();
      await growing;
    }
  }

  /** Appends the story to the log, event by event, until it is told to stop. */
  async #grow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const event = this.story.stored[this.#written];
      if (event === undefined) throw new Error('The story is over before the trials are.');
      const { stream, id, type, schemaVersion, at, data, metadata } = event;
      const events = [{ id, type, schemaVersion, at, data, metadata }];
      const { head } = await this.log.append(stream, this.#heads.get(stream) ?? NO_STREAM, events);
      this.#heads.set(stream, head);
      this.#written += 1;
      await pause(PACE_MILLISECONDS);
    }
  }

  /**
   * Stops a process, but not in the middle of a transaction: it would keep the one file locked for
   * all on this machine until it goes on, which no lease can help.
   */
  async #fallAsleep(one: ServiceProcess): Promise<void> {
    await until('it sleeps between two transactions', async () => {
      one.send('SIGSTOP');
      await pause(20);
      if (this.#canBeWritten()) return true;
      one.send('SIGCONT');
      await pause(this.random.between(1, 50));
      return null;
    });
  }

  #canBeWritten(): boolean {
    const database = new DatabaseSync(join(this.folder, 'read-models.db'));
    try {
      database.exec('PRAGMA busy_timeout = 300; BEGIN IMMEDIATE; ROLLBACK;');
      return true;
    } catch {
      return false;
    } finally {
      database.close();
    }
  }

  /** How long it takes until all of these projections go on, in milliseconds. */
  async #takenOver(names: readonly string[]): Promise<number> {
    const since = performance.now();
    // What it did in its last moment is behind this.
    await pause(100);
    const head = await this.log.headPosition();
    const affected = projections.filter(({ name }) => names.includes(name));
    for (const projection of affected) {
      await until(
        `${projection.name} is taken over`,
        async () => (await this.#reached(projection, head)) || null,
        2 * TAKEOVER_MILLISECONDS,
      );
    }
    return performance.now() - since;
  }

  async #reached(projection: (typeof projections)[number], head: Position): Promise<boolean> {
    const { live } = await this.store.status(projection);
    return live !== null && live.checkpoint > head;
  }

  async #check(took: number): Promise<string[]> {
    await caughtUp(this.store, await this.log.headPosition());
    const events = this.story.events.slice(0, this.#written);
    return [
      ...(took > TAKEOVER_MILLISECONDS ? [`It took ${Math.round(took)} ms to take over.`] : []),
      ...(await compareWithFold(this.store, events)),
      ...this.projectors
        .complaints()
        .map((text) => `A projector complained: ${text.slice(0, 900)}`),
    ];
  }
}

/** It goes on, finds out that it was replaced, and stands by. */
async function wakeUp(one: ServiceProcess, names: readonly string[]): Promise<void> {
  one.send('SIGCONT');
  await until('it knows that it was replaced', async () => {
    const active = await activeIn(one);
    return names.some((name) => active.includes(name)) ? null : true;
  });
}
