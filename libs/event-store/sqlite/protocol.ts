import { join } from 'node:path';
import type { AppendOutcome, AppendRequest } from './append-request.js';
import type { Refusal } from './log-writer.js';

/** The messages between the store and its writer thread. One group is in progress at a time. */
export interface WriterData {
  readonly folder: string;
  /** The log's file that this process opened first; undefined at its start. */
  readonly logId: string | undefined;
}
export type ToWriter = PackedGroup | 'close';
export interface FromWriter {
  /** With the first message: the identity of the log's file. */
  readonly logId?: string;
  /** Of a group, in order; for an append that succeeded, its position alone. */
  readonly outcomes?: readonly (number | AppendOutcome)[];
  /** Why appends are refused now. */
  readonly refusal: Refusal | null;
}

/** A group of appends as a flat list, which costs a third of cloning objects between threads. */
export type PackedGroup = readonly (string | number)[];

export function pack(group: readonly AppendRequest[]): PackedGroup {
  const packed: (string | number)[] = [];
  for (const { stream, expected, events } of group) {
    packed.push(stream, expected.revision, expected.hash, events.length);
    for (const { id, type, revision, hash, record } of events) {
      packed.push(id, type, revision, hash, record);
    }
  }
  return packed;
}

export function unpack(packed: PackedGroup): AppendRequest[] {
  const group: AppendRequest[] = [];
  let next = 0;
  const text = () => packed[next++] as string;
  const number = () => packed[next++] as number;
  while (next < packed.length) {
    const stream = text();
    const expected = { revision: number(), hash: text() };
    // Members are read in the order of `pack`.
    const events = Array.from({ length: number() }, () => ({
      id: text(),
      type: text(),
      revision: number(),
      hash: text(),
      record: text(),
    }));
    group.push({ stream, expected, events });
  }
  return group;
}

/** The files of an embedded log in its data folder. */
export const filesIn = (folder: string) => ({
  log: join(folder, 'events.db'),
  lock: join(folder, 'writer.lock'),
  mark: join(folder, 'acknowledged.mark'),
});
