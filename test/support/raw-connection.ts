import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { statusOfRaw } from './raw.js';

/** A connection over which a test sends any bytes, at any speed, and never more than it wants. */
export class RawConnection {
  readonly #socket: Socket;
  #received = '';
  #isOpen = true;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port) });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text: string) => (this.#received += text));
    // A connection that the service has cut has an end, and no error, for the test.
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => (this.#isOpen = false));
  }

  /** Sends bytes once the service reads; gives up if it reads nothing for a time, or closes. */
  async send(bytes: string | Buffer, patienceMs = 300): Promise<void> {
    if (!this.#socket.writable || this.#socket.write(bytes)) return;
    const patience = new AbortController();
    const { signal } = patience;
    await Promise.race([
      once(this.#socket, 'drain', { signal }),
      once(this.#socket, 'close', { signal }),
      after(patienceMs, undefined, { signal }),
    ])
      .catch(() => undefined)
      .finally(() => {
        patience.abort();
      });
  }

  /** Everything received so far. */
  get received(): string {
    return this.#received;
  }

  /** The status of the answer, or null before there is one. */
  get status(): number | null {
    return statusOfRaw(this.#received);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Reads nothing more. */
  pause(): void {
    this.#socket.pause();
  }

  cut(): void {
    this.#socket.destroy();
  }
}

/** The head of a POST whose body follows. */
export const postHead = (
  path: string,
  headers: Readonly<Record<string, string | number>>,
): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: x',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
