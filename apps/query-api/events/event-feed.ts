import type { Page } from '#consuming/page.js';
import type { Position } from '#event-store/event-store.js';
import { keepAlive, opening } from './messages.js';
import type { MessageText } from './event-messages.js';

/** How long nothing is sent at most: proxies close connections on which nothing happens. */
const HEARTBEAT_MS = 15_000;

/** Texts of small pages are sent together, up to this length. */
const TOGETHER_BYTES = 16 * 1024;

/** What a stream is made from. */
export interface Feed {
  /** The page after a position; null if there is none within a time, or the signal aborts. */
  readonly next: (after: Position, timeoutMs: number) => Promise<Page | null>;
  /** The last event before the stream. */
  readonly after: Position;
  /** Whether the client has sent this position, and does not need to be told. */
  readonly isResumed: boolean;
  /** The messages of those events that the caller may see, up to a sensible length. */
  readonly tell: (page: Page) => Promise<MessageText>;
  /** The pause before a stream that has sent everything waits for more. */
  readonly rest: () => Promise<void>;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** @default 15,000 */
  readonly heartbeatMs?: number;
}

/**
 * The texts of a stream of server-sent events, in order. The next page is read only when the last
 * text was taken: a slow client is waited for, and nothing piles up.
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

/** A place in the log, which moves on with what is read. */
interface Place {
  position: Position;
}

/** Waits for text, until a time, and adds that of other pages that are there. */
async function gather(feed: Feed, place: Place, dueAt: number): Promise<Buffer> {
  const texts: Buffer[] = [];
  let bytes = 0;
  while (bytes < TOGETHER_BYTES) {
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
  // A text that many streams send is not copied.
  const [only] = texts;
  return only !== undefined && texts.length === 1 ? only : Buffer.concat(texts);
}

/** The text of the next page. The page itself is not kept while its text waits to be taken. */
async function take({ next, tell }: Feed, place: Place, timeoutMs: number): Promise<Buffer | null> {
  const page = await next(place.position, timeoutMs);
  if (page === null) return null;
  const { text, position } = await tell(page);
  place.position = position;
  return text;
}
