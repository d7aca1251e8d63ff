import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The two sockets of one proxied connection. */
export interface Line {
  readonly client: Socket;
  readonly upstream: Socket;
}

/** What happens to the data of one connection; by default it is forwarded. */
export interface Rules {
  fromClient?(data: Buffer, line: Line): void;
  fromUpstream?(data: Buffer, line: Line): void;
}

/** A proxy on loopback that can delay, drop or cut what passes through it. */
export class TcpProxy {
  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly upstreamPort: number,
    private readonly newRules: () => Rules,
  ) {
    server.on('connection', (client) => {
      this.#accept(client);
    });
  }

  /**
   * @param upstreamPort - where connections are forwarded to, on loopback
   * @param newRules - gives the rules of each new connection
   */
  static async open(upstreamPort: number, newRules: () => Rules): Promise<TcpProxy> {
    const server = createServer({ noDelay: true });
    const proxy = new TcpProxy(server, upstreamPort, newRules);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts every open connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #accept(client: Socket): void {
    const upstream = connect(this.upstreamPort, '127.0.0.1');
    const line = { client, upstream };
    const rules = this.newRules();
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      // Cut connections are the purpose: an error closes the socket, which ends the other half.
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
    client.on('data', (data) => {
      if (rules.fromClient === undefined) upstream.write(data);
      else rules.fromClient(data, line);
    });
    upstream.on('data', (data) => {
      if (rules.fromUpstream === undefined) client.write(data);
      else rules.fromUpstream(data, line);
    });
    client.on('end', () => upstream.end());
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.end());
  }
}
