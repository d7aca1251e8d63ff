import type { Page } from '#consuming/page.js';
import type { Position } from '#event-store/event-store.js';
import { keepAlive, opening } from './messages.js';
import type { MessageText } from './event-messages.js';

/** The maximum silence, because proxies close idle connections. */
const HEARTBEAT_MS = 15_000;

/** Texts of small pages are sent together, up to this length. */
const GATHER_BYTES = 16 * 1024;

/** The parts of a stream. */
export interface Feed {
  /** The page after a position; null if there is none within a time, or the signal aborts. */
  readonly next: (after: Position, timeoutMs: number) => Promise<Page | null>;
  /** The last event before the stream. */
  readonly after: Position;
  /** Whether the client has sent this position, and so knows it. */
  readonly isResumed: boolean;
  /** The messages of the visible events, up to a sensible length. */
  readonly messagesOf: (page: Page) => Promise<MessageText>;
  /** The pause before a stream that has sent everything waits for more. */
  readonly rest: () => Promise<void>;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** @default 15,000 */
  readonly heartbeatMs?: number;
}

/**
 * The texts of a stream of server-sent events, in order. The next page is read only when the last
 * text was taken, so that nothing accumulates for a slow client.
 */
export async function* eventFeed(feed: Feed): AsyncGenerator<string | Buffer> {
  const { after, isResumed, signal, heartbeatMs = HEARTBEAT_MS } = feed;
  const place = { position: after };
  yield opening(after, isResumed);
  let silentSince = performance.now();
  for (;;) {
    const text = await gather(feed, place, silentSince + heartbeatMs);
    if (signal.aborted) return;
    yield text.length > 0 ? text : keepAlive(place.position);
    silentSince = performance.now();
  }
}

/** The position reached so far. */
interface Place {
  position: Position;
}

/** Waits for text until a time, and adds the text of other available pages. */
async function gather(feed: Feed, place: Place, dueAt: number): Promise<Buffer> {
  const texts: Buffer[] = [];
  let bytes = 0;
  while (bytes < GATHER_BYTES) {
    let text = await take(feed, place, 0);
    if (text === null && bytes === 0) {
      await feed.rest();
      text = await take(feed, place, Math.max(0, dueAt - performance.now()));
    }
    if (text === null) break;
    texts.push(text);
    bytes += text.length;
    if (performance.now() >= dueAt) break;
  }
  // A text shared by many streams is not copied.
  const [only] = texts;
  return only !== undefined && texts.length === 1 ? only : Buffer.concat(texts);
}

/** The text of the next page. The page itself is released while its text waits to be taken. */
async function take(
  { next, messagesOf }: Feed,
  place: Place,
  timeoutMs: number,
): Promise<Buffer | null> {
  const page = await next(place.position, timeoutMs);
  if (page === null) return null;
  const { text, position } = await messagesOf(page);
  place.position = position;
  return text;
}
