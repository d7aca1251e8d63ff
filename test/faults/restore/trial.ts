import { join } from 'node:path';
import { decode } from '#event-store/codec/decode.js';
import { START, type RecordedEvent } from '#event-store/event-store.js';
import { SqliteViewStore } from '#view-stores/sqlite/sqlite-view-store.js';
import type { Desk } from '#test/support/desk.js';
import { creation, raise } from '#test/support/tickets.js';
import { until } from '#test/support/until.js';
import { compareWithFold } from '../projections/read-models.js';
import type { Random } from '../random.js';
import { named } from '../rounds.js';
import { Load } from './load.js';
import { acceptLoss, lossIn } from './lost-events.js';
import { checkpointsIn, commonEnd, keepLog, readLog, restoreLog, ticketsOn } from './log-files.js';
import { LogReplacement, MAX_COMMANDS } from './log-replacement.js';
import { RestartedDesk, type Waiting } from './restarted-desk.js';
import { wrongAnswers, wrongReports } from './symptoms.js';

const MENDS = ['API', 'command line', 'start', 'right log'] as const;
/** One log that is replaced under the read models of a desk whose service has stopped. */
export class RestoreTrial {
  readonly #desk: RestartedDesk;
  readonly #load: Load;
  readonly #replacement: LogReplacement;
  readonly #mend: (typeof MENDS)[number];
  /** A ticket that gets many notes. */
  #crowded = '';

  constructor(
    desk: Desk,
    private readonly random: Random,
    private readonly trial: number,
  ) {
    this.#desk = new RestartedDesk(desk);
    this.#load = new Load(this.#desk.as, random, `trial ${trial}`);
    this.#replacement = new LogReplacement(this.#desk, this.#load, random);
    this.#mend = random.oneOf(MENDS);
  }

  /** @returns what did not hold */
  async run(): Promise<string[]> {
    try {
      const { way, end } = this.#replacement;
      const context = `trial ${this.trial}: ${way} ${end}, mended by ${this.#mend}`;
      return await named(context, () => this.#run());
    } finally {
      await this.#desk.stop();
    }
  }

  async #run(): Promise<string[]> {
    await this.#desk.start();
    let waiting = await this.#furnish();
    await this.#desk.isHealthy();
    await this.#load.send(this.random.between(0, MAX_COMMANDS), this.#crowded);
    const sentBefore = await this.#replacement.run(this.#crowded);
    // Looking at a log writes to its files.
    keepLog(this.#desk.folder, join(this.#desk.folder, 'spoiled'));
    const old = await readLog(join(this.#desk.folder, 'newest'));
    const common = commonEnd(old, await readLog(this.#desk.folder));
    const halted = beyond(common, checkpointsIn(this.#desk.folder));
    const failures = await this.#checkWhile(old, halted, sentBefore);
    if (failures.length > 0) return failures;
    if (this.#mend === 'right log') failures.push(...(await this.#putRightLogBack(old, halted)));
    else await this.#desk.rebuildBy(this.#mend);
    // The late service of an exchanged log is another one.
    const log = await readLog(this.#desk.folder);
    waiting = log.some(({ stream }) => stream === `ticket-${waiting.ticketId}`)
      ? waiting
      : await this.#furnish();
    return [...failures, ...(await this.#checkHealthy(waiting))];
  }

  async #furnish(): Promise<Waiting> {
    const waiting = await this.#desk.furnish(`late-${this.random.between(0, 1_000_000_000)}`);
    this.#crowded = (await raise(this.#desk)).ticketId;
    return waiting;
  }

  /** Checks what is reported at the start, after the log has grown, and after another start. */
  async #checkWhile(
    old: readonly RecordedEvent[],
    halted: ReadonlySet<string>,
    sentBefore: number,
  ): Promise<string[]> {
    const loss = await lossIn(this.#desk.folder);
    restoreLog(join(this.#desk.folder, 'spoiled'), this.#desk.folder);
    await this.#desk.start();
    const failures = await this.#check(old, halted, null, loss !== null);
    failures.push(...(await acceptLoss(this.#desk, loss)));
    const position = await this.#grow(old, sentBefore);
    failures.push(...(await this.#check(old, halted, position)));
    if (this.random.between(0, 1) === 0) {
      await this.#desk.stop(this.random.oneOf(['SIGTERM', 'SIGKILL']));
      await this.#desk.start();
      failures.push(...(await this.#check(old, halted, position)));
    }
    return failures;
  }

  /**
   * Lets the log grow beyond its old end, sometimes by the commands that were lost.
   *
   * @returns the last position
   */
  async #grow(old: readonly RecordedEvent[], sentBefore: number): Promise<string> {
    const here = ticketsOn(await readLog(this.#desk.folder));
    if (!here.includes(this.#crowded)) await this.#furnish();
    else if (this.random.between(0, 2) === 0) await this.#load.again(sentBefore);
    const end = (old.at(-1)?.position ?? START) + BigInt(this.random.between(0, 3));
    for (;;) {
      const { body } = await this.#desk.as('alice').post('/tickets', creation());
      if (BigInt(body.position) > end) return body.position;
      await this.#load.send(1, this.#crowded);
    }
  }

  async #check(
    old: readonly RecordedEvent[],
    halted: ReadonlySet<string>,
    position: string | null,
    isRefusing = false,
  ): Promise<string[]> {
    const { service, as, folder } = this.#desk;
    const here = new Set(ticketsOn(await readLog(folder)));
    const lost = new Set(ticketsOn(old).filter((id) => !here.has(id)));
    return [
      ...(await wrongReports(service, as, halted, isRefusing)),
      ...(await wrongAnswers(as, halted, lost, position)),
    ];
  }

  /** Consumers that had stopped go on. Those that had followed the wrong log stop, and are rebuilt. */
  async #putRightLogBack(
    old: readonly RecordedEvent[],
    halted: ReadonlySet<string>,
  ): Promise<string[]> {
    const { folder } = this.#desk;
    await this.#desk.stop();
    const common = commonEnd(old, await readLog(folder));
    const others = [...checkpointsIn(folder)].filter(([name]) => !halted.has(name));
    restoreLog(join(folder, 'newest'), folder);
    const loss = await lossIn(folder);
    await this.#desk.start();
    const strayed = beyond(common, new Map(others));
    const failures = await this.#check(old, strayed, null, loss !== null);
    // What was acknowledged on the wrong log is not on the right one.
    failures.push(...(await acceptLoss(this.#desk, loss)));
    if (strayed.size > 0) await this.#desk.rebuildBy('API');
    return failures;
  }

  /** Everything must be as if the log had always been this one. */
  async #checkHealthy({ ticketId, serviceId }: Waiting): Promise<string[]> {
    const { folder, as } = this.#desk;
    await this.#desk.isHealthy();
    await as('anna').put(`/services/${serviceId}/owners`, { engineerIds: ['carol'] });
    const dispatches = async () =>
      (await readLog(folder)).filter(
        ({ stream, type }) => stream === `ticket-${ticketId}` && type === 'TicketDispatched',
      ).length;
    await until(`the ticket of ${serviceId} is dispatched`, async () =>
      (await dispatches()) > 0 ? true : null,
    );
    await this.#desk.isHealthy();
    const log = await readLog(folder);
    const store = new SqliteViewStore(join(folder, 'read-models.db'));
    const failures = await compareWithFold(store, log.map(decode));
    await store.close();
    const count = await dispatches();
    return count === 1 ? failures : [...failures, `${ticketId} was dispatched ${count} times.`];
  }
}

/** The consumers with a checkpoint beyond a position. */
const beyond = (position: bigint, checkpoints: ReadonlyMap<string, bigint>): ReadonlySet<string> =>
  new Set([...checkpoints].filter(([, at]) => at > position).map(([name]) => name));
