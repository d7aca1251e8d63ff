import { request, type IncomingMessage } from 'node:http';
import type { HistoryEvent } from './answers.js';
import { API, type Client } from './client.js';
import { EventStreamParser } from './event-stream-parser.js';
import { until } from './until.js';

/** The data of a message. */
export interface LiveEvent extends Pick<HistoryEvent, 'revision' | 'type' | 'at' | 'actor'> {
  readonly position: string;
  readonly ticketId?: string;
  readonly serviceId?: string;
  readonly engineerId?: string;
  readonly reference?: string;
  readonly state?: string;
  readonly data?: HistoryEvent['data'];
}

/** How a stream ended: properly by the service, or by a broken connection. */
export type Ending = 'whole' | 'broken';

/** One connection to `GET /events`. Nothing is read while it is paused. */
export class EventStream {
  readonly #parser: EventStreamParser;
  readonly ended: Promise<Ending>;
  #ending: Ending | null = null;
  #received = 0;

  private constructor(
    private readonly answer: IncomingMessage,
    lastEventId: string | undefined,
    cutAfterBytes: number,
  ) {
    this.#parser = new EventStreamParser(lastEventId);
    const decoder = new TextDecoder();
    answer.on('data', (part: Buffer) => {
      // The client gets the bytes before the cut, and no more.
      const left = part.subarray(0, Math.max(0, cutAfterBytes - this.#received));
      this.#received += part.length;
      this.#parser.take(decoder.decode(left, { stream: true }));
      if (this.#received >= cutAfterBytes) this.cut();
    });
    answer.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      answer.once('close', () => {
        this.#ending = answer.complete ? 'whole' : 'broken';
        resolve(this.#ending);
      });
    });
  }

  /** Connects, and waits for the head of a stream. */
  static open(
    client: Client,
    lastEventId?: string,
    cutAfterBytes = Number.POSITIVE_INFINITY,
  ): Promise<EventStream> {
    const headers = {
      authorization: `Bearer ${client.token ?? ''}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    };
    return new Promise((resolve, reject) => {
      const asked = request(`${client.url}${API}/events`, { agent: false, headers });
      asked.on('error', reject);
      asked.on('response', (answer) => {
        if (answer.statusCode === 200) resolve(new EventStream(answer, lastEventId, cutAfterBytes));
        else reject(new Error(`The stream was answered ${answer.statusCode}.`));
      });
      asked.end();
    });
  }

  get headers(): IncomingMessage['headers'] {
    return this.answer.headers;
  }

  get messages(): EventStreamParser['messages'] {
    return this.#parser.messages;
  }

  get comments(): readonly string[] {
    return this.#parser.comments;
  }

  get retry(): number | null {
    return this.#parser.retry;
  }

  get lastEventId(): string {
    return this.#parser.lastEventId;
  }

  get events(): LiveEvent[] {
    return this.messages.map(({ data }) => JSON.parse(data) as LiveEvent);
  }

  /** Stops reading, like a client that hangs; the connection stays open. */
  pause(): void {
    this.answer.pause();
  }

  resume(): void {
    this.answer.resume();
  }

  /** Breaks the connection without closing it properly, like a network failure. */
  cut(): void {
    this.answer.socket.resetAndDestroy();
  }

  /** Waits until the stream has reached a position. */
  reaches(position: string): Promise<true> {
    return until(`the event at ${position} arrives`, () => {
      if (this.lastEventId !== '' && BigInt(this.lastEventId) >= BigInt(position)) return true;
      if (this.#ending === null) return null;
      throw new Error(`The stream ended (${this.#ending}) before the event at ${position}.`);
    });
  }
}
