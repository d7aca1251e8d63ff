import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import { Connections } from './connections.js';
import type { User } from './access.js';
import { EventLog } from './event-log.js';
import type { AppendCut, Failure } from './faults.js';
import { Node, type NodeSettings } from './node.js';
import { addServices } from './services.js';
import type { Subscription } from './subscription.js';

export interface ServerOptions extends Partial<NodeSettings> {
  /** @default any free port */
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
  reportsFeatures: true,
  batchAppend: true,
};

/** A server of EventStoreDB's protocol, for tests. README.md says what it proves. */
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

  /** Starts a server on 127.0.0.1. */
  static async start(options: ServerOptions = {}): Promise<EventStoreDbServer> {
    const server = new EventStoreDbServer(options);
    await server.#node.connections.listen(options.port ?? 0);
    // Like a real one, a new server does not start with an empty log.
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

  /** The users that were created. */
  get users(): readonly User[] {
    return this.#node.users;
  }

  get log(): EventLog {
    return this.#node.log;
  }

  /** The number of open subscriptions. */
  openSubscriptions(): number {
    return this.#subscriptions.size;
  }

  /** Ends the server, and cuts its connections. */
  async stop(): Promise<void> {
    await this.#node.connections.close();
    this.#server.forceShutdown();
  }

  /** Refuses connections, and cuts open ones, until `comeBack`. */
  async goDown(): Promise<void> {
    await this.#node.connections.close();
  }

  /** Listens again on the same port, with the same log. */
  async comeBack(): Promise<void> {
    await this.#node.connections.listen(this.port);
  }

  /** Goes down and comes back after a while with the same log. */
  async restart(downMilliseconds = 0): Promise<void> {
    await this.goDown();
    await new Promise((resolve) => setTimeout(resolve, downMilliseconds));
    await this.comeBack();
  }

  /** Cuts all open connections; new ones are accepted. */
  cutConnections(): void {
    this.#node.connections.cutAll();
  }

  /** Cuts the connections of the next appends, before or after they are written. */
  cutNextAppends(cut: AppendCut, times = 1): void {
    this.#node.faults.cutNextAppends(cut, times);
  }

  /** Cuts the connection of the next read or subscription after a number of events. */
  cutNextRead(events: number): void {
    this.#node.faults.cutNextRead(events);
  }

  /** Delays every answer; 0 ends the delay. */
  delayAnswers(milliseconds: number): void {
    this.#node.faults.delayMilliseconds = milliseconds;
  }

  /** Makes the next calls, or the next appends of a batch, fail. */
  failNext(failure: Failure, times = 1): void {
    this.#node.faults.failNext(failure, times);
  }

  /** Makes the next calls fail like those to a server that shuts down. */
  beUnavailable(times = 1): void {
    this.failNext(status.UNAVAILABLE, times);
  }

  /** Sends nothing more to open subscriptions, which stay open. */
  silenceSubscriptions(): void {
    for (const subscription of this.#subscriptions) subscription.silence();
  }

  /** Accepts connections and calls without answering, until `speakAgain`. */
  goSilent(): void {
    this.#node.faults.silent = true;
    this.#node.connections.holding = true;
  }

  /** Answers again; calls in the meantime stay unanswered. */
  speakAgain(): void {
    this.#node.faults.silent = false;
    this.#node.connections.holding = false;
    for (const subscription of this.#subscriptions) subscription.resume();
  }

  /** Starts another node on the same log; this one is the leader until `handOverTo`. */
  async startFollower(): Promise<EventStoreDbServer> {
    const follower = await EventStoreDbServer.start({ ...this.#options, port: 0, log: this.log });
    follower.#node.leader = this.#node;
    return follower;
  }

  /** Makes another node the leader: calls that need the leader are redirected to it. */
  handOverTo(leader: EventStoreDbServer): void {
    leader.#node.leader = null;
    this.#node.leader = leader.#node;
  }

  /** Ends all current and future faults. */
  behave(): void {
    this.#node.faults.clear();
    this.speakAgain();
  }
}
