import { closeSync, existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { EventLog } from './event-log.js';
import type { RecordedEvent } from './recorded-event.js';

/**
 * A log that survives its process, also after a kill: one line of JSON for each append, written
 * before the append is answered. It is not synced, so it does not survive a crash of the machine.
 */
export function openLog(file: string): { readonly log: EventLog; readonly close: () => void } {
  const appends = existsSync(file) ? wholeLines(file).map(parse) : [];
  const descriptor = openSync(file, 'a');
  const log = new EventLog(Date.now, (events) => {
    writeSync(descriptor, `${JSON.stringify(events.map(stored))}\n`);
  });
  for (const event of appends.flat()) log.restore(event);
  return {
    log,
    close: () => {
      closeSync(descriptor);
    },
  };
}

/** Removes the incomplete line of a killed process, which was never answered. */
function wholeLines(file: string): string[] {
  const content = readFileSync(file, 'utf8');
  const end = content.lastIndexOf('\n') + 1;
  truncateSync(file, Buffer.byteLength(content.slice(0, end)));
  return content.slice(0, end).split('\n').slice(0, -1);
}

type StoredEvent = Omit<RecordedEvent, 'data' | 'metadata' | 'answer'> &
  Readonly<Record<'data' | 'metadata', string>>;

const stored = ({ answer: _, ...event }: RecordedEvent): StoredEvent => ({
  ...event,
  data: Buffer.from(event.data).toString('base64'),
  metadata: Buffer.from(event.metadata).toString('base64'),
});

const parse = (line: string): RecordedEvent[] =>
  (JSON.parse(line) as StoredEvent[]).map((event) => ({
    ...event,
    data: Buffer.from(event.data, 'base64'),
    metadata: Buffer.from(event.metadata, 'base64'),
    answer: null,
  }));
