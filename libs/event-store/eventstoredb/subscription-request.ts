import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type ReadReq as Request } from '@eventstore/db-client/generated/streams_pb.js';
import { START, type Position } from '../event-store.js';

const { Options } = streams.ReadReq;

/** Matches our streams: names that start with a dollar are EventStoreDB's own. */
const OURS = '^[^$]';

/** The server sends a checkpoint after this many windows of 32 filtered events. */
const CHECKPOINT_INTERVAL = 8;

/** A request for all events after a position, existing and future. */
export function subscriptionAfter(after: Position): Request {
  const filter = new Options.FilterOptions()
    .setStreamIdentifier(new Options.FilterOptions.Expression().setRegex(OURS))
    .setCount(new shared.Empty())
    .setCheckpointintervalmultiplier(CHECKPOINT_INTERVAL);
  return new streams.ReadReq().setOptions(
    new Options()
      .setAll(allAfter(after))
      .setSubscription(new Options.SubscriptionOptions())
      .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()))
      .setFilter(filter),
  );
}

function allAfter(after: Position) {
  if (after === START) return new Options.AllOptions().setStart(new shared.Empty());
  const position = new Options.Position()
    .setCommitPosition(String(after))
    .setPreparePosition(String(after));
  return new Options.AllOptions().setPosition(position);
}
