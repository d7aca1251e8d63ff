import { randomUUID } from 'node:crypto';
import {
  AppendResponse,
  requestsFor,
  type AppendAnswer,
  type AppendToSend,
} from './append-messages.js';
import type { AppendStream, Connection } from './connection.js';

interface Waiting {
  readonly stream: string;
  readonly resolve: (answer: AppendAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** Nobody can say whether an append that ends like this is on the log. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

/** Sends appends on one stream, which is opened when it is needed, and again when it has ended. */
export class AppendChannel {
  #session: Promise<Session> | null = null;

  constructor(private readonly connection: Connection) {}

  /**
   * One attempt. An append must be sent again with the same ids only.
   *
   * @throws AnswerLost where there is no answer in time; else what the server or the network said.
   */
  async send(append: AppendToSend, milliseconds: number): Promise<AppendAnswer> {
    const session = await this.#open();
    return session.send(append, milliseconds);
  }

  close(): void {
    void this.#session?.then(
      (session) => {
        session.cancel();
      },
      () => undefined,
    );
  }

  #open(): Promise<Session> {
    const forget = () => {
      if (this.#session === opened) this.#session = null;
    };
    const opened = (this.#session ??= this.connection
      .openAppendStream()
      .then((stream) => new Session(stream, forget)));
    opened.catch(forget);
    return opened;
  }
}

/** One stream of appends, from its opening to its end. */
class Session {
  readonly #waiting = new Map<string, Waiting>();
  #lastAnswer = performance.now();

  constructor(
    private readonly stream: AppendStream,
    private readonly over: () => void,
  ) {
    stream.on('data', (message: Buffer) => {
      try {
        this.#settle(new AppendResponse(message));
      } catch (error) {
        this.#fail(error as Error);
      }
    });
    stream.on('error', (error) => {
      this.#end(error);
    });
    stream.on('end', () => {
      this.#end(new AnswerLost('The event store has ended the stream of appends.'));
    });
  }

  send(append: AppendToSend, milliseconds: number): Promise<AppendAnswer> {
    const id = randomUUID();
    const sent = performance.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new AnswerLost(`There was no answer within ${Math.round(milliseconds)} ms.`));
        // Not only this one is late: what was opened then is of no use any more.
        if (this.#lastAnswer < sent) this.cancel();
      }, milliseconds);
      this.#waiting.set(id, {
        stream: append.stream,
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      const deadline = new Date(Date.now() + milliseconds);
      for (const request of requestsFor(id, append, deadline)) this.stream.write(request);
    });
  }

  cancel(): void {
    this.#fail(new AnswerLost('The stream of appends was given up.'));
  }

  #fail(error: Error): void {
    this.stream.cancel();
    this.#end(error);
  }

  #settle(response: AppendResponse): void {
    this.#lastAnswer = performance.now();
    const { id } = response;
    const waiting = this.#waiting.get(id);
    // Nobody waits for an answer that comes too late.
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    try {
      waiting.resolve(response.answer(waiting.stream));
    } catch (error) {
      waiting.reject(error as Error);
    }
  }

  #end(error: Error): void {
    this.over();
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(error);
  }
}
