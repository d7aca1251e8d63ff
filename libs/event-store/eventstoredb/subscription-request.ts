import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type ReadReq as Request } from '@eventstore/db-client/generated/streams_pb.js';
import { START, type Position } from '../event-store.js';

const { Options } = streams.ReadReq;

/** Streams whose names begin with a dollar are EventStoreDB's own. */
const OURS = '^[^$]';

/** The server tells how far it got after so many windows of 32 events of others. */
const CHECKPOINT_INTERVAL = 8;

/** Asks for all events behind a position, those that are there and those that will come. */
export function subscriptionBehind(after: Position): Request {
  const filter = new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setRegex(OURS))
    .setCount(new shared.Empty())
    .setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
  return new streams.ReadReq().setOptions(
    new Options()
      .setAll(allBehind(after))
      .setSubscription(new Options.SubscriptionOptions())
      .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
      .setFilter(filter),
  );
}

function allBehind(after: Position) {
  if (after === START) return new Options.AllOptions().setStart(new shared.Empty());
  const position = new Options.Position()
    .setCommitPosition(String(after))
    .setPreparePosition(String(after));
  return new Options.AllOptions().setPosition(position);
}
