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

/** The connection was lost before the answer: the append may or may not be in the log. */
export class AnswerLost extends Error {
  override readonly name = 'AnswerLost';
}

/** Sends appends on one gRPC stream, which is opened on demand and reopened after it ends. */
export class AppendChannel {
  #session: Promise<Session> | null = null;

  /** @param verify - checks the log before the first append on a new gRPC stream */
  constructor(
    private readonly connection: Connection,
    private readonly verify: () => Promise<void> = () => Promise.resolve(),
  ) {}

  /**
   * Makes one attempt. A retry must use the same event ids.
   *
   * @throws AnswerLost if no answer arrives in time; otherwise the server's or the network's error.
   */
  async send(append: AppendToSend, timeoutMs: number): Promise<AppendAnswer> {
    const session = await this.#open();
    return session.send(append, timeoutMs);
  }

  /** Opens the gRPC stream. */
  async open(): Promise<void> {
    await this.#open();
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
    const opened = (this.#session ??= this.verify()
      .then(() => this.connection.openAppendStream())
      .then((stream) => new Session(stream, forget)));
    opened.catch(forget);
    return opened;
  }
}

/** One gRPC stream of appends, from its opening to its end. */
class Session {
  readonly #waiting = new Map<string, Waiting>();
  #lastAnswer = performance.now();

  constructor(
    private readonly stream: AppendStream,
    private readonly onEnd: () => void,
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
      this.#end(new AnswerLost('The event store ended the append stream.'));
    });
  }

  send(append: AppendToSend, timeoutMs: number): Promise<AppendAnswer> {
    const id = randomUUID();
    const sent = performance.now();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new AnswerLost(`No answer within ${Math.round(timeoutMs)} ms.`));
        // No append was answered since this one was sent: the stream is dead.
        if (this.#lastAnswer < sent) this.cancel();
      }, timeoutMs);
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
      const deadline = new Date(Date.now() + timeoutMs);
      for (const request of requestsFor(id, append, deadline)) this.stream.write(request);
    });
  }

  cancel(): void {
    this.#fail(new AnswerLost('The append stream was cancelled.'));
  }

  #fail(error: Error): void {
    this.stream.cancel();
    this.#end(error);
  }

  #settle(response: AppendResponse): void {
    this.#lastAnswer = performance.now();
    const { id } = response;
    const waiting = this.#waiting.get(id);
    // The append has timed out already.
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    try {
      waiting.resolve(response.answer(waiting.stream));
    } catch (error) {
      waiting.reject(error as Error);
    }
  }

  #end(error: Error): void {
    this.onEnd();
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(error);
  }
}
