import { TcpProxy } from '#test/support/tcp-proxy.js';

/** Fields of a primary's `hello` reply in BSON, and of a secondary's, of the same length. */
const ROLES: readonly (readonly [string, string])[] = [
  ['\x08isWritablePrimary\0\x01', '\x08isWritablePrimary\0\x00'],
  ['\x08ismaster\0\x01', '\x08ismaster\0\x00'],
  ['\x08secondary\0\x00', '\x08secondary\0\x01'],
];

/** A proxy of a MongoDB server, behind which the server can seem to be a secondary. */
export class ReplicaSetProxy {
  hasPrimary = true;
  #proxy: TcpProxy | null = null;

  private constructor(private readonly serverPort: number) {}

  /** @param serverPort - the port of the server, on loopback; of five digits, as that of the proxy */
  static async open(serverPort: number): Promise<ReplicaSetProxy> {
    const set = new ReplicaSetProxy(serverPort);
    set.#proxy = await TcpProxy.open(serverPort, () => ({
      fromUpstream: (data, { client }) => client.write(set.#replied(data)),
    }));
    return set;
  }

  get address(): string {
    return `127.0.0.1:${this.#proxy?.port}`;
  }

  close(): Promise<void> | undefined {
    return this.#proxy?.close();
  }

  /** A driver connects to the addresses in replies, so they are those of the proxy. */
  #replied(data: Buffer): Buffer {
    const addresses = [`127.0.0.1:${this.serverPort}`, this.address] as const;
    const changes = this.hasPrimary ? [addresses] : [addresses, ...ROLES];
    const text = changes.reduce(
      (all, change) => all.replaceAll(...change),
      data.toString('latin1'),
    );
    return Buffer.from(text, 'latin1');
  }
}
