import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What goes over a line to the server, as it is sent. */
type IsIt = (sent: Buffer) => boolean;

/**
 * Stands between a client and a server as a process does that dies in a given moment: it lets
 * everything through up to the nth message of a kind, and then nothing at all.
 */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #left: number;
  #cut = false;

  private constructor(
    private readonly target: number,
    private readonly isIt: IsIt,
    nth: number,
    private readonly reaches: 'nobody' | 'the server',
  ) {
    this.#left = nth;
    this.#server = createServer((client) => {
      this.#through(client);
    });
  }

  /**
   * @param nth - which of these messages is the last; 1 is the first
   * @param reaches - whether that one still arrives, and only its answer is lost
   */
  static async listen(
    target: number,
    isIt: IsIt,
    nth: number,
    reaches: 'nobody' | 'the server',
  ): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target, isIt, nth, reaches);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get hasCut(): boolean {
    return this.#cut;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #through(client: Socket): void {
    if (this.#cut) {
      client.destroy();
      return;
    }
    const server = connect(this.target, '127.0.0.1');
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    server.on('data', (data) => {
      if (!this.#cut) client.write(data);
    });
    client.on('data', (data) => {
      if (this.#cut) return;
      if (this.isIt(data) && --this.#left === 0) {
        this.#cutAll(server, data);
      } else {
        server.write(data);
      }
    });
  }

  #cutAll(server: Socket, last: Buffer): void {
    this.#cut = true;
    if (this.reaches === 'nobody') {
      for (const socket of this.#sockets) socket.destroy();
      return;
    }
    // Its answer comes when the server has done it: then the line is cut.
    server.once('data', () => {
      for (const socket of this.#sockets) socket.destroy();
    });
    server.write(last);
  }
}
