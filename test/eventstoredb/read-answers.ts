import type { UUID } from '@eventstore/db-client/generated/shared_pb.js';
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { shared, streams } from './messages.js';
import { revisionText, type RecordedEvent } from './recorded-event.js';
import { uuidAsBits, uuidAsText } from './uuids.js';

/** What a read answers: a message, or one that is ready made. */
export type ReadAnswer = ReadResp | Buffer;

const TICKS_PER_MILLISECOND = 10_000n;

const readyMade = new WeakMap<RecordedEvent, Buffer>();

/** The message that carries an event; made once for all who read it. */
export function eventAnswer(event: RecordedEvent, structuredIds: boolean): Buffer {
  if (structuredIds) return encode(event, uuidAsBits(event.id));
  let answer = readyMade.get(event);
  if (answer === undefined) {
    answer = encode(event, uuidAsText(event.id));
    readyMade.set(event, answer);
  }
  return answer;
}

function encode(event: RecordedEvent, id: UUID): Buffer {
  const position = String(event.position);
  const record = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(id)
    .setStreamIdentifier(streamIdentifier(event.streamName))
    .setStreamRevision(revisionText(event.revision))
    .setPreparePosition(position)
    .setCommitPosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  record
    .getMetadataMap()
    .set('type', event.type)
    .set('created', String(BigInt(event.created) * TICKS_PER_MILLISECOND))
    .set('content-type', event.contentType);
  const read = new streams.ReadResp.ReadEvent().setEvent(record).setCommitPosition(position);
  return Buffer.from(new streams.ReadResp().setEvent(read).serializeBinary());
}

export const streamIdentifier = (name: string) =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name, 'utf8'));

export const notFoundAnswer = (name: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(name)),
  );

export const confirmationAnswer = (subscriptionId: string): ReadResp =>
  new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(subscriptionId),
  );

export const checkpointAnswer = (position: number): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint()
      .setCommitPosition(String(position))
      .setPreparePosition(String(position)),
  );

export const caughtUpAnswer = (): ReadResp =>
  new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp());

export const fellBehindAnswer = (): ReadResp =>
  new streams.ReadResp().setFellBehind(new streams.ReadResp.FellBehind());

export const firstRevisionAnswer = (revision: number): ReadResp =>
  new streams.ReadResp().setFirstStreamPosition(revisionText(revision));

export const lastRevisionAnswer = (revision: number): ReadResp =>
  new streams.ReadResp().setLastStreamPosition(revisionText(revision));

/** Ready made messages go out as they are. */
export const serializeReadAnswer = (answer: ReadAnswer): Buffer =>
  Buffer.isBuffer(answer) ? answer : Buffer.from(answer.serializeBinary());
