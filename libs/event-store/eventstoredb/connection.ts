import { readFileSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Position } from '../event-store.js';
import type { EventStoreAddress } from './address.js';
import { subscriptionAfter } from './subscription-request.js';

/** The default deadline of a call. */
const CALL_TIMEOUT_MS = 5_000;

/** The gRPC stream on which appends are sent and answered. */
export type AppendStream = Awaited<ReturnType<Connection['openAppendStream']>>;

/**
 * The one client of a thread, extended by an append stream, a raw subscription, and the server's
 * features. All calls go to the leader, the only node that is sure to have every acknowledged event.
 */
export class Connection extends EventStoreDBClient {
  constructor(readonly address: EventStoreAddress) {
    super(settingsOf(address), channelOf(address), address.credentials ?? undefined);
  }

  /**
   * Opens a `BatchAppend` stream of bytes. The client's own keeps the answers of all
   * streams of the process in one map: if one stream fails while another is open, an
   * answer on the other throws in an event handler and ends the process.
   */
  openAppendStream() {
    return this.GRPCStreamCreator(StreamsClient, 'batchAppend', (client) =>
      client.makeBidiStreamRequest(
        StreamsService.batchAppend.path,
        (message: Buffer) => message,
        (message) => message,
        ...this.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY }),
      ),
    )();
  }

  /**
   * Opens a catch-up subscription to $all that returns messages as bytes: the client's own builds
   * objects that cost more than the events in them.
   */
  openSubscription(after: Position) {
    const { path, requestSerialize } = StreamsService.read;
    return this.GRPCStreamCreator(StreamsClient, 'subscribeToAll', (client) =>
      client.makeServerStreamRequest(
        path,
        requestSerialize,
        (message) => message,
        subscriptionAfter(after),
        ...this.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY }),
      ),
    )();
  }

  /** The server's version and features; null if it is too old to report them. */
  async server(): Promise<{ readonly version: string; readonly appendsInBatches: boolean } | null> {
    const features = await this.capabilities;
    if (features.serverVersion === 'unknown') return null;
    return {
      version: features.serverVersion,
      appendsInBatches: features.supports(StreamsService.batchAppend),
    };
  }

  /** Cancels running calls and closes the connection. */
  async close(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }
}

function settingsOf({ discover, hosts, numbers, connectionName }: EventStoreAddress) {
  const { keepAliveInterval, keepAliveTimeout, ...discovery } = numbers;
  const settings = {
    connectionName,
    defaultDeadline: CALL_TIMEOUT_MS,
    ...(keepAliveInterval === undefined ? {} : { keepAliveInterval }),
    ...(keepAliveTimeout === undefined ? {} : { keepAliveTimeout }),
  };
  const [first] = hosts;
  switch (discover) {
    case 'no':
      return { ...settings, endpoint: first };
    case 'by name':
      return { ...settings, ...discovery, discover: first } as never;
    case 'by gossip':
      return { ...settings, ...discovery, endpoints: [...hosts] } as never;
  }
}

function channelOf({ tls, caFile, userCertificate }: EventStoreAddress) {
  if (!tls) return { insecure: true };
  return {
    insecure: false,
    ...(caFile === null ? {} : { rootCertificate: readFileSync(caFile) }),
    ...(userCertificate === null
      ? {}
      : {
          userCertFile: readFileSync(userCertificate.certFile),
          userKeyFile: readFileSync(userCertificate.keyFile),
        }),
  };
}
