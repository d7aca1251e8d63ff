import { pino } from 'pino';
import { ConsumerRuntime } from '#consuming/consumer-runtime.js';
import { LogReader } from '#consuming/log-reader.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { followsStream, type Projection } from '#projections/projection.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { CopyStatus } from '#view-stores/view-store.js';
import type { Story } from '#projections/testing/story.js';
import { projections } from '#projections/all.js';
import { until } from '#test/support/until.js';
import type { Fault, FaultRun } from './fault.js';
import { differencesOf, documentsOf, randomStory } from './projections/story.js';
import type { Random } from './random.js';

const TURNS = 200;
const TICKETS = 12;
const MAX_POISON = 4;

const quiet = pino({ level: 'silent' });

/** Events at random places that make a projection throw. */
export const poison: Fault = {
  name: 'poison',
  holds:
    'streams with such an event are parked, others continue, and a retry completes all of them',
  target: 200,
  async run({ trials, random, tried }: FaultRun) {
    for (let trial = 1; trial <= trials; trial++) {
      const story = await randomStory(random, TURNS, TICKETS);
      const projection = random.oneOf(projections as [Projection<object>]);
      const failures = await new Trial(story, projection, random).run();
      tried(trial);
      if (failures.length > 0) return { trials: trial, rounds: trial, failures };
    }
    return { trials, rounds: trials, failures: [] };
  },
};

class Trial {
  readonly #poisoned = new Set<string>();
  readonly #store = new SqliteViewStore(':memory:');
  readonly #fragile: Projection<object>;

  constructor(
    private readonly story: Story,
    private readonly projection: Projection<object>,
    private readonly random: Random,
  ) {
    this.#fragile = {
      ...projection,
      project: (view, event, id, touched) => {
        if (this.#poisoned.has(event.id)) throw new Error(`Event ${event.id} is poison.`);
        return projection.project(view, event, id, touched);
      },
    };
  }

  async run(): Promise<string[]> {
    const { projection, random, story } = this;
    const events = await story.events();
    const handled = events.filter(
      (event) =>
        followsStream(projection, event.stream) &&
        [...projection.touches(event), ...(projection.makes?.(event) ?? [])].length > 0,
    );
    for (let n = random.between(1, MAX_POISON); n > 0 && handled.length > 0; n--) {
      const { id } = handled[random.between(0, handled.length - 1)] ?? { id: '' };
      this.#poisoned.add(id);
    }
    const reader = new LogReader(story.log);
    const store = this.#store;
    const runtime = new ConsumerRuntime({ reader, logger: quiet, isAlone: true }, [
      { projection: this.#fragile, store },
    ]);
    try {
      await this.#until(
        'it has caught up',
        ({ checkpoint }) => checkpoint.position === events.at(-1)?.position,
      );
      const { left, parked } = leftOut(events, this.#poisoned);
      const failures = [...(await this.#parkedAre(parked)), ...(await this.#compare(left))];
      this.#poisoned.clear();
      if (projection.perStream) await this.#store.requestRetry(projection);
      else await this.#store.requestRebuild(projection);
      await this.#until('nothing is parked', (live) => live.parked.length === 0);
      return [...failures, ...(await this.#compare(events))];
    } finally {
      await runtime.stop();
      await this.#store.close();
    }
  }

  async #until(what: string, holds: (live: CopyStatus) => boolean): Promise<void> {
    await until(`${this.projection.name}: ${what}`, async () => {
      const { live } = await this.#store.status(this.projection);
      return live !== null && holds(live) ? true : null;
    });
  }

  async #parkedAre(expected: ReadonlyMap<string, DecodedEvent>): Promise<string[]> {
    const { live } = await this.#store.status(this.projection);
    const found = new Map(live?.parked.map((one) => [one.stream, `${one.revision} ${one.error}`]));
    const wanted = new Map(
      [...expected].map(([stream, { id, revision }]) => [
        stream,
        `${revision} Event ${id} is poison.`,
      ]),
    );
    return differencesOf('parked', found, wanted);
  }

  async #compare(events: readonly DecodedEvent[]): Promise<string[]> {
    const expected = documentsOf(this.projection, events);
    const everything = documentsOf(this.projection, await this.story.events());
    // Reads like a query: opening the copy for writing would take it from the projector.
    const reader = this.#store.reader(this.projection);
    const texts = new Map<string, string>();
    for (const id of new Set([...everything.keys(), ...expected.keys()])) {
      const view = await reader.get(id);
      if (view !== null) texts.set(id, JSON.stringify(view));
    }
    return differencesOf(this.projection.name, texts, expected);
  }
}

/** The events before the first poisoned one of each stream, and its position. */
function leftOut(events: readonly DecodedEvent[], poisoned: ReadonlySet<string>) {
  const parked = new Map<string, DecodedEvent>();
  const left = events.filter((event) => {
    if (parked.has(event.stream)) return false;
    if (!poisoned.has(event.id)) return true;
    parked.set(event.stream, event);
    return false;
  });
  return { left, parked };
}
