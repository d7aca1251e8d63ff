import type { Desk } from '#test/support/desk.js';
import type { Random } from '../random.js';
import {
  note,
  Refused,
  sendBatch,
  sendOne,
  shortLife,
  wholeLife,
  type Order,
  type Outcome,
} from './orders.js';

/** The number of concurrent connections, by their task. */
const SINGLES = 16;
const BATCHES = 4;
const CROWD = 8;
const LATE = 4;
const TICKETS_PER_BATCH = 8;

type Send = (orders: readonly Order[]) => Promise<readonly Outcome[]>;

/** A command of a worker that got no answer. */
interface Unanswered {
  readonly orders: readonly Order[];
  readonly send: Send;
}

/** Many connections that send commands with unique keys until the service is killed. */
export class Load {
  readonly acknowledged: Outcome[] = [];
  readonly #unanswered: Unanswered[] = [];
  readonly #failures: string[] = [];
  #stopped = false;

  constructor(
    private readonly desk: Desk,
    /** Makes the keys of this load unique. */
    private readonly name: string,
    private readonly random: Random,
    /** A ticket with concurrent writers. */
    private readonly crowded: string,
    /** A service without owners at the beginning, which gets some during the load. */
    private readonly lateService: string,
  ) {}

  get unanswered(): number {
    return this.#unanswered.reduce((sum, { orders }) => sum + orders.length, 0);
  }

  /** Runs until every worker has lost its connection. */
  async run(): Promise<void> {
    const workers = [
      ...times(SINGLES, (index) => this.#lives(`s${index}`, 'vpn', wholeLife, 1)),
      ...times(BATCHES, (index) => this.#lives(`b${index}`, 'vpn', wholeLife, TICKETS_PER_BATCH)),
      ...times(LATE, (index) => this.#lives(`l${index}`, this.lateService, shortLife, 1)),
      ...times(CROWD, (index) => this.#notes(`c${index}`)),
    ];
    await Promise.all(workers);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Repeats the unanswered commands with the same keys. All must be accepted now. */
  async retry(): Promise<readonly string[]> {
    const send = async ({ orders, send }: Unanswered) => {
      try {
        this.acknowledged.push(...(await send(orders)));
      } catch (error) {
        const keys = orders.map(({ key }) => key).join(', ');
        this.#failures.push(`The retry of ${keys} failed: ${(error as Error).message}`);
      }
    };
    await Promise.all(this.#unanswered.map(send));
    return this.#failures;
  }

  /** Plays the lives of tickets one after the other, or several together in batches. */
  async #lives(
    worker: string,
    serviceId: string,
    life: typeof wholeLife,
    together: number,
  ): Promise<void> {
    const send: Send =
      together === 1
        ? async ([order]) => (order === undefined ? [] : [await sendOne(this.desk, order)])
        : (orders) => sendBatch(this.desk, orders);
    for (let round = 0; !this.#stopped; round++) {
      let tickets: (string | null)[] = times(together, () => null);
      for (const [place, step] of life.entries()) {
        const orders = tickets.map((ticketId, index): Order => {
          const key = `${this.name} ${worker} ${round}.${place}.${index}`;
          return { key, ticketId, ...step(key, serviceId) };
        });
        const outcomes = await this.#give({ orders, send });
        if (outcomes === null) return;
        tickets = outcomes.map(({ ticketId }) => ticketId);
      }
    }
  }

  /** Adds notes to the shared ticket. */
  async #notes(worker: string): Promise<void> {
    const send: Send = async ([order]) =>
      order === undefined ? [] : [await sendOne(this.desk, order)];
    for (let round = 0; !this.#stopped; round++) {
      const key = `${this.name} ${worker} ${round}`;
      const orders = [{ key, ticketId: this.crowded, ...note(key, '') }];
      if ((await this.#give({ orders, send })) === null) return;
    }
  }

  /** Null once the connection is lost: the command is then repeated later. */
  async #give(request: Unanswered): Promise<readonly Outcome[] | null> {
    try {
      const outcomes = await request.send(request.orders);
      this.acknowledged.push(...outcomes);
      return outcomes;
    } catch (error) {
      if (error instanceof Refused) this.#failures.push(error.message);
      else this.#unanswered.push(request);
      return null;
    }
  }

  /** Some of the acknowledged commands, to repeat. */
  sample(count: number): readonly Outcome[] {
    const [first, ...more] = this.acknowledged;
    return first === undefined ? [] : times(count, () => this.random.oneOf([first, ...more]));
  }
}

const times = <Made>(count: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: count }, (_, index) => make(index));
