import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** When a proxied connection is cut, seen from the client. */
export type Cut =
  /** Never: the answer comes through. */
  | { readonly when: 'never' }
  /** So long after the request was handed on: the answer may be on its way, or not. */
  | { readonly when: 'after the request'; readonly milliseconds: number }
  /** When the answer comes: the command is done, and nobody hears of it. */
  | { readonly when: 'before the answer' }
  /** Behind so many bytes of the answer. */
  | { readonly when: 'within the answer'; readonly bytes: number };

/** A proxy on loopback that cuts connections as it is told, one after the other. */
export class CuttingProxy {
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
    private readonly nextCut: () => Cut,
  ) {
    server.on('connection', (client) => {
      this.#connect(client);
    });
  }

  static async open(target: string, nextCut: () => Cut): Promise<CuttingProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new CuttingProxy(server, new URL(target), nextCut);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #connect(client: Socket): void {
    const cut = this.nextCut();
    const upstream = connect({ host: this.target.hostname, port: Number(this.target.port) });
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      // A connection that breaks is what this is about: its other half ends with it.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.on('data', (part) => {
      upstream.write(part);
      if (cut.when === 'after the request') setTimeout(() => client.destroy(), cut.milliseconds);
    });
    client.on('end', () => upstream.end());
    upstream.on('data', (part: Buffer) => {
      if (cut.when === 'before the answer') client.resetAndDestroy();
      else if (cut.when === 'within the answer') client.end(part.subarray(0, cut.bytes));
      else client.write(part);
    });
    upstream.on('close', () => client.end());
  }
}
