import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { Connections } from './connections.js';
import { EventLog } from './event-log.js';
import type { AppendCut, Failure } from './faults.js';
import { Node, type NodeSettings } from './node.js';
import { addServices } from './services.js';
import type { Subscription } from './subscription.js';

export interface ServerOptions extends Partial<NodeSettings> {
  /** 0, or nothing, for any that is free. */
  readonly port?: number;
  /** A certificate and its key, as PEM: the server then speaks TLS only. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** The log to serve; a new one if there is none. Nodes of one cluster share one. */
  readonly log?: EventLog;
}

const DEFAULT_SETTINGS: NodeSettings = {
  maximumAppendBytes: 1024 * 1024,
  admins: null,
  ordinaryUsers: {},
  version: '24.10.0',
  tellsFeatures: true,
  batchAppend: true,
};

/** A server that speaks EventStoreDB's protocol, for tests: README.md says what it proves. */
export class EventStoreDbServer {
  readonly #server: Server;
  readonly #node: Node;
  readonly #subscriptions = new Set<Subscription>();
  readonly #options: ServerOptions;

  private constructor(options: ServerOptions) {
    const { tls, log = new EventLog(), port: _, ...settings } = options;
    this.#options = options;
    this.#server = new Server({ 'grpc.max_receive_message_length': -1 });
    const connections = new Connections(
      this.#server,
      tls === undefined
        ? ServerCredentials.createInsecure()
        : ServerCredentials.createSsl(null, [
            { cert_chain: Buffer.from(tls.certificate), private_key: Buffer.from(tls.key) },
          ]),
    );
    this.#node = new Node(log, connections, { ...DEFAULT_SETTINGS, ...settings });
    addServices(this.#server, this.#node, this.#subscriptions);
  }

  /** Serves on 127.0.0.1. */
  static async start(options: ServerOptions = {}): Promise<EventStoreDbServer> {
    const server = new EventStoreDbServer(options);
    await server.#node.connections.listen(options.port ?? 0);
    // Like the real one, a new server does not begin with an empty log.
    if (server.log.all.length === 0)
      server.log.describe('$stats-127.0.0.1:2113', { $maxAge: 86400 });
    return server;
  }

  get port(): number {
    return this.#node.connections.port;
  }

  /** The connection string for clients. */
  get url(): string {
    return `esdb://127.0.0.1:${this.port}?tls=${this.#options.tls !== undefined}`;
  }

  get log(): EventLog {
    return this.#node.log;
  }

  /** How many subscriptions are open. */
  openSubscriptions(): number {
    return this.#subscriptions.size;
  }

  /** Ends for good; cuts what is open. */
  async stop(): Promise<void> {
    await this.#node.connections.close();
    this.#server.forceShutdown();
  }

  /** Refuses connections, and cuts those that are open, until it comes back. */
  async goDown(): Promise<void> {
    await this.#node.connections.close();
  }

  /** Listens again, on the same port and with the same log. */
  async comeBack(): Promise<void> {
    await this.#node.connections.listen(this.port);
  }

  /** Goes down, and comes back after a while, with the log that it had. */
  async restart(downMilliseconds = 0): Promise<void> {
    await this.goDown();
    await new Promise((resolve) => setTimeout(resolve, downMilliseconds));
    await this.comeBack();
  }

  /** Cuts all open connections; new ones are accepted. */
  cutConnections(): void {
    this.#node.connections.cutAll();
  }

  /** Cuts the connections of the next appends, before or after they are on the log. */
  cutNextAppends(cut: AppendCut, times = 1): void {
    this.#node.faults.cutNextAppends(cut, times);
  }

  /** Cuts the connection of the next read or subscription behind so many of its events. */
  cutNextRead(events: number): void {
    this.#node.faults.cutNextRead(events);
  }

  /** Every answer comes so much later; 0 for at once. */
  delayAnswers(milliseconds: number): void {
    this.#node.faults.delayMilliseconds = milliseconds;
  }

  /** The next calls, and the next appends of a batch, fail. */
  failNext(failure: Failure, times = 1): void {
    this.#node.faults.failNext(failure, times);
  }

  /** The next calls fail as those to a server that is going away do. */
  beUnavailable(times = 1): void {
    this.failNext(status.UNAVAILABLE, times);
  }

  /** Subscriptions that are open now are sent nothing any more, and stay open. */
  silenceSubscriptions(): void {
    for (const subscription of this.#subscriptions) subscription.silence();
  }

  /** Accepts connections and calls, and answers nothing, until it speaks again. */
  goSilent(): void {
    this.#node.faults.silent = true;
    this.#node.connections.holding = true;
  }

  /** Answers again; what was asked in the meantime stays unanswered. */
  speakAgain(): void {
    this.#node.faults.silent = false;
    this.#node.connections.holding = false;
    for (const subscription of this.#subscriptions) subscription.resume();
  }

  /** Starts another node on the same log; this one leads, until it hands over. */
  async startFollower(): Promise<EventStoreDbServer> {
    const follower = await EventStoreDbServer.start({ ...this.#options, port: 0, log: this.log });
    follower.#node.leader = this.#node;
    return follower;
  }

  /** From now on another node leads: whoever needs the leader is sent there. */
  handOverTo(leader: EventStoreDbServer): void {
    leader.#node.leader = null;
    this.#node.leader = leader.#node;
  }

  /** Takes back all faults that are under way or still to come. */
  behave(): void {
    this.#node.faults.clear();
    this.speakAgain();
  }
}
