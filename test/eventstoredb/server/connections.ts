import { createServer, type AddressInfo, type Server as Listener, type Socket } from 'node:net';
import type { ConnectionInjector, Server, ServerCredentials } from '@grpc/grpc-js';

/** The sockets of a gRPC server, which can be cut one by one. */
export class Connections {
  readonly #sockets = new Map<string, Socket>();
  readonly #injector: ConnectionInjector;
  #listener: Listener | null = null;
  #port = 0;
  /** Whether new connections are accepted, but never read. */
  holding = false;

  constructor(server: Server, credentials: ServerCredentials) {
    this.#injector = server.createConnectionInjector(credentials);
  }

  get port(): number {
    return this.#port;
  }

  /** @param port - 0 for any free port */
  async listen(port: number): Promise<void> {
    const listener = createServer({ noDelay: true }, (socket) => {
      this.#accept(socket);
    });
    this.#listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, '127.0.0.1', resolve);
    });
    this.#port = (listener.address() as AddressInfo).port;
  }

  /** Refuses new connections and cuts all that are open. */
  async close(): Promise<void> {
    const listener = this.#listener;
    this.#listener = null;
    const closed = new Promise<void>((resolve) => {
      if (listener === null) resolve();
      else
        listener.close(() => {
          resolve();
        });
    });
    this.cutAll();
    await closed;
  }

  cutAll(): void {
    for (const socket of this.#sockets.values()) socket.resetAndDestroy();
  }

  /** @param peer The other end, as a call names it: address and port. */
  cut(peer: string): void {
    this.#sockets.get(peer)?.resetAndDestroy();
  }

  #accept(socket: Socket): void {
    const peer = `${socket.remoteAddress}:${socket.remotePort}`;
    this.#sockets.set(peer, socket);
    // A connection that breaks is what this is about: its calls are cancelled with it.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(peer));
    if (!this.holding) this.#injector.injectConnection(socket);
  }
}
