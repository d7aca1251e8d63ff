import { join } from 'node:path';
import type { AppendOutcome, AppendRequest } from './log-writer.js';

/** What the store and its writer thread say to each other. One group is under way at a time. */
export interface WriterData {
  readonly folder: string;
}
export type ToWriter = PackedGroup | 'close';
export type FromWriter =
  | 'ready'
  | {
      /** In order; of what was appended, which is most, the position alone. */
      readonly outcomes: readonly (number | AppendOutcome)[];
    };

/** A group of appends as one flat list: cloning it between threads costs a third of cloning objects. */
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
    // Members are read in the order in which `pack` wrote them.
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

/** The channel on which followers in all threads of the process hear that something was appended. */
export const announcements = (folder: string): string => `event-log:${folder}`;

/** The files of an embedded log in its data folder. */
export const filesIn = (folder: string) => ({
  log: join(folder, 'events.db'),
  lock: join(folder, 'writer.lock'),
});
