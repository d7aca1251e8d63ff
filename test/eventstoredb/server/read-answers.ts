import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { shared, streams } from './messages.js';

/** An answer to a read: a message, or an encoded one. */
export type ReadAnswer = ReadResp | Buffer;

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
  new streams.ReadResp().setFirstStreamPosition(String(revision));

export const lastRevisionAnswer = (revision: number): ReadResp =>
  new streams.ReadResp().setLastStreamPosition(String(revision));

/** Encoded messages are sent unchanged. */
export const serializeReadAnswer = (answer: ReadAnswer): Buffer =>
  Buffer.isBuffer(answer) ? answer : Buffer.from(answer.serializeBinary());
