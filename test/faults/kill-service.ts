import type { History } from '#test/support/answers.js';
import { Desk } from '#test/support/desk.js';
import { raise } from '#test/support/tickets.js';
import { pause, until } from '#test/support/until.js';
import type { Fault, FaultRun } from './fault.js';
import { Load } from './kill-service/load.js';
import { LogCheck } from './kill-service/log-check.js';
import { sendOne, type Outcome } from './kill-service/orders.js';
import { caughtUp, compareWithRebuilt } from './kill-service/read-models.js';
import type { Random } from './random.js';

/** This many trials share a data folder, which is then neither empty nor slow. */
const TRIALS_PER_ROUND = 25;
const MAX_LOAD_MS = 500;
const REPEATED = 5;

/** kill -9 of the real service under load, at a random moment, on a real disk. */
export const killService: Fault = {
  name: 'kill-service',
  holds:
    'every acknowledged command is in the log once and whole, revisions have no gaps, chains verify, ' +
    'retries act once, and read models that continued equal rebuilt ones',
  target: 300,
  async run({ trials, random, tried }: FaultRun) {
    const failures: string[] = [];
    let done = 0;
    let rounds = 0;
    while (done < trials && failures.length === 0) {
      rounds += 1;
      const round = await Round.open(random);
      try {
        for (let trial = 0; trial < TRIALS_PER_ROUND && done < trials; trial++) {
          const found = await round.trial(trial);
          failures.push(...found);
          done += 1;
          tried(done);
          if (found.length > 0) return { trials: done, rounds, failures };
        }
        failures.push(...(await round.checkAll()));
      } finally {
        await round.close();
      }
    }
    return { trials: done, rounds, failures };
  },
};

/** Some trials on one data folder. */
class Round {
  readonly #log = new LogCheck();
  readonly #outcomes: Outcome[] = [];

  private constructor(
    private readonly desk: Desk,
    private readonly random: Random,
    private readonly crowded: string,
  ) {}

  static async open(random: Random): Promise<Round> {
    const desk = await Desk.open();
    const { ticketId } = await raise(desk);
    const round = new Round(desk, random, ticketId);
    // The events of the fixtures are not from the load: they are skipped.
    await round.#log.read(desk.folder);
    round.#log.forget();
    return round;
  }

  close(): Promise<void> {
    return this.desk.close();
  }

  async trial(trial: number): Promise<string[]> {
    const { desk, random } = this;
    const late = `late-${trial}`;
    await desk.putService(late);
    const load = new Load(desk, `trial ${trial}`, random, this.crowded, late);
    const running = load.run();
    const owners = this.#ownersMeanwhile(late);
    const moment = random.between(5, MAX_LOAD_MS);
    await pause(moment);
    const killed = desk.restart('SIGKILL');
    load.stop();
    await running;
    await owners;
    await killed;
    const failures = [...(await load.retry())];
    await desk.putOwners(late, 'carol');
    this.#outcomes.push(...load.acknowledged);
    failures.push(...(await this.#repeat(load.sample(REPEATED))));
    failures.push(...(await this.#lateDispatched(load.acknowledged, late)));
    failures.push(...(await this.#log.read(desk.folder)));
    failures.push(...this.#log.claim(load.acknowledged), ...this.#log.unclaimed());
    failures.push(...(await this.#historiesOver(load.sample(2))));
    await caughtUp(desk.folder, this.#log.head);
    failures.push(...(await compareWithRebuilt(desk.folder, this.#log.head)));
    const { complaints } = desk.service;
    if (complaints !== '') failures.push(`The service complained: ${complaints.slice(0, 500)}`);
    const { length } = load.acknowledged;
    const context = `trial ${trial}, killed after ${moment} ms, ${length} orders, ${load.unanswered} of them unanswered at first`;
    return failures.map((failure) => `${failure} (${context})`);
  }

  /** Checks everything again from the beginning of the log. */
  async checkAll(): Promise<string[]> {
    const log = new LogCheck();
    const failures = await log.read(this.desk.folder);
    return [...failures, ...log.claim(this.#outcomes)];
  }

  /** Configures owners at a random moment of the load, or after the restart if the kill was earlier. */
  async #ownersMeanwhile(service: string): Promise<void> {
    await pause(this.random.between(0, MAX_LOAD_MS));
    try {
      await this.desk.putOwners(service, 'carol');
    } catch {
      // The service or its answer is gone: the owners are configured again after the restart.
    }
  }

  /** Repeats acknowledged commands: they must have the same answer and no second effect. */
  async #repeat(sample: readonly Outcome[]): Promise<string[]> {
    const failures: string[] = [];
    for (const outcome of sample) {
      const again = await sendOne(this.desk, outcome.order);
      if (JSON.stringify(again) !== JSON.stringify(outcome)) {
        const [one, other] = [JSON.stringify(outcome), JSON.stringify(again)];
        failures.push(`${outcome.order.key} was answered ${one} first, and then ${other}`);
      }
    }
    return failures;
  }

  /** The tickets of a service with late owners must all be dispatched, once each. */
  async #lateDispatched(outcomes: readonly Outcome[], service: string): Promise<string[]> {
    const ids = outcomes
      .filter(({ order }) => order.fields['serviceId'] === service)
      .map(({ ticketId }) => ticketId);
    const failures: string[] = [];
    await until(`${ids.length} tickets of ${service} are dispatched`, async () => {
      failures.push(...(await this.#log.read(this.desk.folder)));
      return ids.every((id) => this.#log.dispatches(id) > 0) ? true : null;
    });
    const often = ids.filter((id) => this.#log.dispatches(id) > 1);
    return [...failures, ...often.map((id) => `Ticket ${id} was dispatched more than once.`)];
  }

  /** Checks over HTTP, too: the histories must match the answers. */
  async #historiesOver(sample: readonly Outcome[]): Promise<string[]> {
    const failures: string[] = [];
    for (const { order, ticketId, revision, position } of sample) {
      const path = `/tickets/${ticketId}/history?from=${revision}&limit=1`;
      const { body } = await this.desk.as('lena').get<History>(path);
      const [event] = body.events;
      if (event?.position !== position) failures.push(`The history lacks ${order.key}.`);
    }
    return failures;
  }
}
