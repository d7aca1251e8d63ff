import { readFileSync } from 'node:fs';
import { EventStoreDBClient } from '@eventstore/db-client';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { Position } from '../event-store.js';
import type { EventStoreAddress } from './address.js';
import { subscriptionBehind } from './subscription-request.js';

/** How long a call may take before it counts as lost. */
const CALL_MILLISECONDS = 5_000;

/** The stream on which appends are sent and answered. */
export type AppendStream = Awaited<ReturnType<Connection['openAppendStream']>>;

/**
 * The one client of a thread, with what its own interface does not give: the stream of appends, a
 * subscription as it comes, and what the server is. All of it goes to the leader, which alone has all that was answered.
 */
export class Connection extends EventStoreDBClient {
  constructor(readonly address: EventStoreAddress) {
    super(settingsOf(address), channelOf(address), address.credentials ?? undefined);
  }

  /**
   * Opens the stream of `BatchAppend`. The client has one of its own, whose answers it keeps for all
   * streams of the process in one map: where one stream ends with an error while another is open, an
   * answer on the other one finds nobody and ends the process. Messages go and come as bytes.
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
   * Opens a catch-up subscription to $all, whose messages come as bytes: the client makes a stream
   * behind the stream of them, and objects that cost more than what they carry.
   */
  openSubscription(after: Position) {
    const { path, requestSerialize } = StreamsService.read;
    return this.GRPCStreamCreator(StreamsClient, 'subscribeToAll', (client) =>
      client.makeServerStreamRequest(
        path,
        requestSerialize,
        (message) => message,
        subscriptionBehind(after),
        ...this.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY }),
      ),
    )();
  }

  /** What the server says of itself: null where it is too old to say anything. */
  async server(): Promise<{ readonly version: string; readonly appendsInBatches: boolean } | null> {
    const features = await this.capabilities;
    if (features.serverVersion === 'unknown') return null;
    return {
      version: features.serverVersion,
      appendsInBatches: features.supports(StreamsService.batchAppend),
    };
  }

  /** Ends what is under way and lets go of the connection. */
  async close(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }
}

function settingsOf({ discover, hosts, numbers, connectionName }: EventStoreAddress) {
  const { keepAliveInterval, keepAliveTimeout, ...discovery } = numbers;
  const settings = {
    connectionName,
    defaultDeadline: CALL_MILLISECONDS,
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
