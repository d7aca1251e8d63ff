import { LAST_REVISION, type RecordedEvent } from './recorded-event.js';

/** The metadata that determine which events can still be read. */
export interface StreamMetadata {
  readonly maxCount?: number;
  readonly maxAgeSeconds?: number;
  readonly truncateBefore?: number;
}

const positive = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 ? value : undefined;

/** The metadata in the newest event of `$$stream`; anything but a JSON object is ignored. */
export function readMetadata(event: RecordedEvent): StreamMetadata {
  const content = objectIn(event.data);
  return {
    maxCount: positive(content.$maxCount),
    maxAgeSeconds: positive(content.$maxAge),
    truncateBefore: positive(content.$tb),
  };
}

/** The JSON object in the bytes, or an empty one. */
export function objectIn(data: Uint8Array): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return typeof content === 'object' && content !== null ? { ...content } : {};
  } catch {
    return {};
  }
}

export const isSoftDeleted = (metadata: StreamMetadata): boolean =>
  metadata.truncateBefore === LAST_REVISION;

/** The first readable revision, for a stream's events and a time. */
export function firstReadable(
  events: readonly RecordedEvent[],
  metadata: StreamMetadata,
  now: number,
): number {
  const { maxCount, maxAgeSeconds, truncateBefore } = metadata;
  const byCount = maxCount === undefined ? 0 : events.length - maxCount;
  const byAge = maxAgeSeconds === undefined ? 0 : firstSince(events, now - maxAgeSeconds * 1000);
  return Math.max(0, byCount, byAge, truncateBefore ?? 0);
}

function firstSince(events: readonly RecordedEvent[], time: number): number {
  const first = events.findIndex(({ created }) => created >= time);
  return first === -1 ? events.length : first;
}
