import { setTimeout } from 'node:timers/promises';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { LogReader } from '#consuming/log-reader.js';
import type { Position } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import type { Actor } from '#ticketing/decision.js';
import { Freshness } from '../freshness.js';
import { eventFeed, type Feed } from './event-feed.js';
import { FollowEvents } from './follow-events-query.js';
import { EventMessages } from './event-messages.js';

/**
 * The pause of streams after they have sent everything. A single event is sent at once;
 * under load, each stream wakes once for all events of this time. People do not notice a tenth of
 * a second; half of it is the average wait.
 */
const REST_MS = 100;

/** The page size of a lagging stream, which would not use most of a larger page. */
const LAGGING_PAGE_EVENTS = 50;

/** A stream is an ephemeral consumer: it follows the log from its position, without a checkpoint. */
@QueryHandler(FollowEvents)
export class FollowEventsHandler implements IQueryHandler<FollowEvents> {
  #resting: Promise<void> | null = null;

  constructor(
    private readonly reader: LogReader,
    private readonly messages: EventMessages,
    private readonly freshness: Freshness,
    private readonly reporter: ProblemReporter,
  ) {}

  async execute({ actor, request, lastEventId, connection }: FollowEvents) {
    const head = await this.reader.log.headPosition();
    const reached = await this.freshness.logReached(request.minPosition);
    const isResumed = lastEventId !== undefined;
    const after = isResumed ? readPosition(lastEventId, reached) : head;
    return this.#feed(actor, { after, isResumed, ...connection });
  }

  async *#feed(
    actor: Actor,
    from: Pick<Feed, 'after' | 'isResumed' | 'signal' | 'room'>,
  ): AsyncGenerator<string | Buffer> {
    const { signal } = from;
    if (signal.aborted) return;
    this.reader.join(signal);
    try {
      yield* eventFeed({
        ...from,
        next: (after, timeoutMs) =>
          this.reader.next(after, { signal, timeoutMs, limitEvents: LAGGING_PAGE_EVENTS }),
        messagesOf: (page) => this.messages.of(page, actor),
        rest: () => this.#rest(),
      });
    } catch (error) {
      // The answer has begun, so the stream ends, and the client reconnects.
      this.reporter.problemOf(error);
    }
  }

  /** Streams pause together, so that they wake together and send the same pages. */
  #rest(): Promise<void> {
    return (this.#resting ??= setTimeout(REST_MS).then(() => {
      this.#resting = null;
    }));
  }
}

/** @throws Problem `invalid_request` for a position that the log has not reached */
function readPosition(lastEventId: string, reached: Position): Position {
  if (/^\d{1,19}$/.test(lastEventId) && BigInt(lastEventId) <= reached) return BigInt(lastEventId);
  throw new Problem(
    'invalid_request',
    'Last-Event-ID is not a position of this log. Send the id of the last message unchanged, or omit it to begin now.',
  );
}
