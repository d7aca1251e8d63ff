import type { Page } from '#consuming/page.js';
import type { Position } from '#event-store/event-store.js';
import { keepAlive, opening } from './messages.js';
import type { MessageText } from './event-messages.js';
import type { TextRoom } from './text-room.js';

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
  /** Room for the next text. */
  readonly room: TextRoom;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  /** @default 15,000 */
  readonly heartbeatMs?: number;
}

/**
 * The texts of a stream of server-sent events, in order. The next page is read only when the last
 * text was sent and there is room for another one, so that nothing accumulates for a slow client.
 */
export async function* eventFeed(feed: Feed): AsyncGenerator<string | Buffer> {
  const { after, isResumed, signal, heartbeatMs = HEARTBEAT_MS } = feed;
  const place = { position: after };
  yield opening(after, isResumed);
  let silentSince = performance.now();
  for (;;) {
    const text = await gather(feed, place, silentSince + heartbeatMs);
    if (signal.aborted) return;
    const message = text.length > 0 ? text : keepAlive(place.position);
    feed.room.keep(message.length);
    yield message;
    await feed.room.sent();
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
  await feed.room.take();
  while (bytes < GATHER_BYTES) {
    let text = await take(feed, place);
    if (text === null && bytes === 0) text = await takeLater(feed, place, dueAt);
    if (text === null) break;
    texts.push(text);
    bytes += text.length;
    if (performance.now() >= dueAt) break;
  }
  // A text shared by many streams is not copied.
  const [only] = texts;
  return only !== undefined && texts.length === 1 ? only : Buffer.concat(texts);
}

/** The text of a page that is written until a time. No room is needed while there is none. */
async function takeLater(feed: Feed, place: Place, dueAt: number): Promise<Buffer | null> {
  feed.room.giveBack();
  await feed.rest();
  const page = await feed.next(place.position, Math.max(0, dueAt - performance.now()));
  await feed.room.take();
  return page === null ? null : textOf(feed, place, page);
}

/** The text of the next page, if there is one. The page itself is released while its text waits to be taken. */
async function take(feed: Feed, place: Place): Promise<Buffer | null> {
  const page = await feed.next(place.position, 0);
  return page === null ? null : textOf(feed, place, page);
}

async function textOf({ messagesOf }: Feed, place: Place, page: Page): Promise<Buffer> {
  const { text, position } = await messagesOf(page);
  place.position = position;
  return text;
}
