import type { Client } from '#test/support/client.js';
import type { Name } from '#test/support/people.js';
import { creation } from '#test/support/tickets.js';
import type { Random } from '../random.js';

/** So many notes in one batch bring a ticket past its next snapshot. */
const BATCHED_NOTES = 120;

type As = (name: Name) => Client;

/** A request that was sent, to send it again as clients do. */
type Request = (as: As) => Promise<{ readonly status: number; readonly text: string }>;

/** Sends commands with unique keys: new tickets, notes, and batches of notes on one ticket. */
export class Load {
  readonly #sent: Request[] = [];

  constructor(
    private readonly as: As,
    private readonly random: Random,
    /** Makes the keys of this load unique. */
    private readonly name: string,
  ) {}

  /** The number of requests that were sent. */
  get size(): number {
    return this.#sent.length;
  }

  /** Sends commands one after the other. Rejects where the connection breaks. */
  async send(count: number, ticketId: string): Promise<void> {
    for (let n = 0; n < count; n++) {
      const request = this.#next(`${this.name}.${this.#sent.length}`, ticketId);
      this.#sent.push(request);
      await accepted(request, this.as);
    }
  }

  /** Sends until it is stopped, or the service is. */
  async sendWhile(goesOn: () => boolean, ticketId: string): Promise<void> {
    try {
      while (goesOn()) await this.send(1, ticketId);
    } catch (error) {
      if (goesOn()) throw error;
    }
  }

  /** Sends requests again, with their keys. Some are about tickets that are gone. */
  async again(since: number): Promise<void> {
    for (const request of this.#sent.slice(since)) await request(this.as);
  }

  #next(key: string, ticketId: string): Request {
    const headers = { 'idempotency-key': key };
    const note = { text: `Note ${key}` };
    const kind = this.random.between(0, 9);
    if (kind === 0) {
      const lines = Array.from({ length: BATCHED_NOTES }, (_, n) => ({
        ...{ command: 'notes', ticketId, idempotencyKey: `${key}.${n}`, ...note },
      }));
      return (as) => as('bob').batch(lines);
    }
    return kind < 6
      ? (as) => as('alice').post('/tickets', creation({ description: key }), headers)
      : (as) => as('bob').command(ticketId, 'notes', note, headers);
  }
}

async function accepted(request: Request, as: As): Promise<void> {
  const { status, text } = await request(as);
  if (status >= 300) throw new Error(`A command was answered ${status}: ${text}`);
}
