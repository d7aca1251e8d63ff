import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import {
  NO_STREAM,
  type Position,
  type RecordedEvent,
  type StreamHead,
} from '#event-store/event-store.js';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { openViewStore } from '#platform/stores.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { projections } from '#projections/all.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import type { ServiceProcess } from '#test/support/service-process.js';
import { pause, until } from '#test/support/until.js';
import type { Random } from '../random.js';
import { activeIn, ProjectorProcesses } from './projector-processes.js';
import { caughtUp, compareWithFold } from './read-models.js';
import { allOf, randomStory } from './story.js';

const PROJECTORS = 3;
const TURNS = 12_000;
const TICKETS = 300;
/** The pause between two events: at most some hundred events per second. */
const PACE_MS = 5;
const MAX_RUN_MS = 1_000;

interface ExpectedStory {
  readonly stored: readonly RecordedEvent[];
  readonly events: readonly DecodedEvent[];
}

/** Several projectors on one growing log, one of which is killed or stopped. */
export class Takeovers {
  #written = 0;
  readonly #heads = new Map<string, StreamHead>();

  private constructor(
    private readonly folder: string,
    private readonly takeoverMs: number,
    private readonly mongodbUrl: string | null,
    private readonly random: Random,
    private readonly story: ExpectedStory,
    private readonly log: SqliteEventStore,
    private readonly store: ViewStore,
    private readonly projectors: ProjectorProcesses,
  ) {}

  /**
   * @param takeoverMs - how long a takeover may take
   * @param mongodbUrl - the store of the read models; null for the embedded one
   */
  static async open(
    random: Random,
    takeoverMs: number,
    mongodbUrl: string | null,
  ): Promise<Takeovers> {
    const folder = newFolder();
    const story = await randomStory(random, TURNS, TICKETS);
    const expected = { stored: await allOf(story), events: await story.events() };
    const log = await SqliteEventStore.open({ folder });
    const settings = { eventStoreUrl: null, dataFolder: folder, mongodbUrl };
    const store = await openViewStore(settings, {
      onDamage: (_, error) => {
        throw error;
      },
    });
    const environment: Record<string, string> =
      mongodbUrl === null ? {} : { MONGODB_URL: mongodbUrl };
    const projectors = new ProjectorProcesses(folder, environment);
    const opened = new Takeovers(
      folder,
      takeoverMs,
      mongodbUrl,
      random,
      expected,
      log,
      store,
      projectors,
    );
    try {
      for (let one = 0; one < PROJECTORS; one++) await projectors.add();
    } catch (error) {
      await opened.close();
      throw error;
    }
    return opened;
  }

  async close(): Promise<void> {
    await this.projectors.end();
    await this.store.close();
    await this.log.close();
    removeFolder(this.folder);
  }

  /** @param sleeps - whether the active one is stopped and continued instead of killed */
  async trial(sleeps: boolean): Promise<{ readonly failures: string[]; readonly took: number }> {
    const stop = new AbortController();
    const growing = this.#grow(stop.signal);
    try {
      const { one, names } = await this.projectors.mostActive();
      await pause(this.random.between(0, MAX_RUN_MS));
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

  /** Appends the story to the log, event by event, until it is stopped. */
  async #grow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const event = this.story.stored[this.#written];
      if (event === undefined) throw new Error('The story ended before the trials.');
      const { stream, id, type, schemaVersion, at, data, metadata } = event;
      const events = [{ id, type, schemaVersion, at, data, metadata }];
      const { head } = await this.log.append(stream, this.#heads.get(stream) ?? NO_STREAM, events);
      this.#heads.set(stream, head);
      this.#written += 1;
      await pause(PACE_MS);
    }
  }

  /**
   * Stops a process, but not within a transaction on a file: it would lock the file for all processes
   * of the machine until it continues, which no lease can prevent.
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
    if (this.mongodbUrl !== null) return true;
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

  /** The time until all of these projections make progress, in milliseconds. */
  async #takenOver(names: readonly string[]): Promise<number> {
    const since = performance.now();
    // The last write of the killed process is before this position.
    await pause(100);
    const head = await this.log.headPosition();
    const affected = projections.filter(({ name }) => names.includes(name));
    for (const projection of affected) {
      await until(
        `${projection.name} is taken over`,
        async () => (await this.#reached(projection, head)) || null,
        2 * this.takeoverMs,
      );
    }
    return performance.now() - since;
  }

  async #reached(projection: (typeof projections)[number], head: Position): Promise<boolean> {
    const { live } = await this.store.status(projection);
    return live !== null && live.checkpoint.position > head;
  }

  async #check(took: number): Promise<string[]> {
    await caughtUp(this.store, await this.log.headPosition());
    const events = this.story.events.slice(0, this.#written);
    return [
      ...(took > this.takeoverMs ? [`It took ${Math.round(took)} ms to take over.`] : []),
      ...(await compareWithFold(this.store, events)),
      ...this.projectors
        .complaints()
        .map((text) => `A projector complained: ${text.slice(0, 900)}`),
    ];
  }
}

/** It continues, notices that it was replaced, and goes on standby. */
async function wakeUp(one: ServiceProcess, names: readonly string[]): Promise<void> {
  one.send('SIGCONT');
  await until('it knows that it was replaced', async () => {
    const active = await activeIn(one);
    return names.some((name) => active.includes(name)) ? null : true;
  });
}
