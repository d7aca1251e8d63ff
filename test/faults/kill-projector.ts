import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import { startProgram } from '#event-store/testing/programs.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { ViewStore } from '#view-stores/view-store.js';
import { newFolder, removeFolder } from '#test/support/folders.js';
import { pause } from '#test/support/until.js';
import type { Fault, FaultRun } from './fault.js';
import { caughtUp, compareWithFold } from './projections/read-models.js';
import { allOf, copyTo, randomStory } from './projections/story.js';
import type { Random } from './random.js';

const TRIALS_PER_ROUND = 25;
const TURNS = 4_000;
const TICKETS = 300;
const MAX_KILLS = 5;
const MAX_RUN_MS = 300;

const PROJECTOR = new URL('./projections/run-projector.js', import.meta.url);

/** Repeated kill -9 of a projector that catches up, within its batches. */
export const killProjector: Fault = {
  name: 'kill-projector',
  holds: 'every document of every projection equals a fold of the log, byte for byte',
  target: 300,
  async run({ trials, random, tried }: FaultRun) {
    let done = 0;
    let rounds = 0;
    while (done < trials) {
      rounds += 1;
      const round = await Round.open(random);
      try {
        for (let trial = 0; trial < TRIALS_PER_ROUND && done < trials; trial++) {
          const failures = await round.trial();
          tried((done += 1));
          if (failures.length > 0) return { trials: done, rounds, failures };
        }
      } finally {
        removeFolder(round.folder);
      }
    }
    return { trials: done, rounds, failures: [] };
  },
};

/** Some trials on one log, each with new read models. */
class Round {
  private constructor(
    readonly folder: string,
    private readonly random: Random,
    private readonly events: readonly DecodedEvent[],
    private readonly head: bigint,
  ) {}

  static async open(random: Random): Promise<Round> {
    const folder = newFolder();
    const story = await randomStory(random, TURNS, TICKETS);
    const log = await SqliteEventStore.open({ folder });
    await copyTo(log, await allOf(story));
    const head = await log.headPosition();
    await log.close();
    return new Round(folder, random, await story.events(), head);
  }

  async trial(): Promise<string[]> {
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(this.folder, `read-models.db${end}`), { force: true });
    }
    const kills = this.random.between(1, MAX_KILLS);
    for (let kill = 0; kill < kills; kill++) {
      await this.#whileItRuns(() => pause(this.random.between(0, MAX_RUN_MS)));
    }
    await this.#whileItRuns(() => this.#withStore((store) => caughtUp(store, this.head)));
    return this.#withStore((store) => compareWithFold(store, this.events));
  }

  /** Runs a projector for some time, and kills it. */
  async #whileItRuns(what: () => Promise<unknown>): Promise<void> {
    const projector = startProgram(PROJECTOR, [this.folder]);
    try {
      await projector.said();
      await what();
    } finally {
      projector.process.kill('SIGKILL');
      await projector.ended();
    }
  }

  async #withStore<Result>(work: (store: ViewStore) => Promise<Result>): Promise<Result> {
    const store = new SqliteViewStore(join(this.folder, 'read-models.db'));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
}
