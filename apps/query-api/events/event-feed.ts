import type { LogPage, Position } from '#event-store/event-store.js';
import type { Wait } from '#event-store/follow.js';
import { keepAlive, opening } from './messages.js';
import type { MessageText } from './event-messages.js';

/** How long nothing is sent at most: proxies close connections on which nothing happens. */
const HEARTBEAT_MILLISECONDS = 15_000;

/** What a stream is made from. */
export interface Feed {
  /** What there is behind a position, and a way to sleep until there may be more. */
  readonly tail: {
    after(position: Position): Promise<LogPage>;
    wait(signal: AbortSignal, milliseconds: number): Wait;
  };
  /** The last event before the stream. */
  readonly after: Position;
  /** Whether the client has told this position, and does not have to be told. */
  readonly isResumed: boolean;
  /** The messages of those events that the caller may see, up to a good length. */
  readonly tell: (page: LogPage) => Promise<MessageText>;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  readonly heartbeatMilliseconds?: number;
}

/**
 * The texts of a stream of server-sent events, in order. The next page is read only when the last
 * text was taken: whoever reads slowly is waited for, and nothing piles up.
 */
export async function* eventFeed({
  tail,
  after,
  isResumed,
  tell,
  signal,
  heartbeatMilliseconds = HEARTBEAT_MILLISECONDS,
}: Feed): AsyncGenerator<string | Buffer> {
  let position = after;
  // The page itself is not kept while its text waits to be taken.
  const next = async () => {
    const before = position;
    const told = await tell(await tail.after(position));
    position = told.position;
    return { text: told.text, moved: position > before };
  };
  yield opening(after, isResumed);
  let silentSince = performance.now();
  while (!signal.aborted) {
    const patience = Math.max(0, silentSince + heartbeatMilliseconds - performance.now());
    // Asleep before the look, so that what comes during it still wakes us.
    const wait = tail.wait(signal, patience);
    try {
      const { text, moved } = await next();
      const sent = text.length === 0 && patience === 0 ? keepAlive(position) : text;
      if (sent.length > 0) {
        wait.end();
        yield sent;
        silentSince = performance.now();
      } else if (!moved) {
        await wait.ended;
      }
    } finally {
      wait.end();
    }
  }
}
