import { join } from 'node:path';
import type { AppendOutcome, AppendRequest } from './log-writer.js';

/** What the store and its writer thread say to each other. One group is under way at a time. */
export interface WriterData {
  readonly folder: string;
}
export type ToWriter = readonly AppendRequest[] | 'close';
export type FromWriter = 'ready' | { readonly outcomes: readonly AppendOutcome[] };

/** The channel on which followers in all threads of the process hear that something was appended. */
export const announcements = (folder: string): string => `event-log:${folder}`;

/** The files of an embedded log in its data folder. */
export const filesIn = (folder: string) => ({
  log: join(folder, 'events.db'),
  lock: join(folder, 'writer.lock'),
});
