import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventReader, type Position } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import type { Actor } from '#ticketing/decision.js';
import { Freshness } from '../freshness.js';
import { eventFeed, type Feed } from './event-feed.js';
import { LiveLog } from './live-log.js';
import { FollowEvents } from './follow-events-query.js';
import { EventMessages } from './event-messages.js';

@QueryHandler(FollowEvents)
export class FollowEventsHandler implements IQueryHandler<FollowEvents> {
  constructor(
    private readonly log: EventReader,
    private readonly live: LiveLog,
    private readonly messages: EventMessages,
    private readonly freshness: Freshness,
    private readonly reporter: ProblemReporter,
  ) {}

  async execute({ actor, request, lastEventId, signal }: FollowEvents) {
    const head = await this.log.headPosition();
    const reached = await this.freshness.reached(request.minPosition, {
      checkpoint: () => this.log.headPosition(),
    });
    const isResumed = lastEventId !== undefined;
    const after = isResumed ? readPosition(lastEventId, reached) : head;
    return this.#feed(actor, { after, isResumed, signal });
  }

  async *#feed(
    actor: Actor,
    from: Pick<Feed, 'after' | 'isResumed' | 'signal'>,
  ): AsyncGenerator<string | Buffer> {
    if (from.signal.aborted) return;
    try {
      const tail = this.live.listen(from.signal);
      yield* eventFeed({ ...from, tail, tell: (page) => this.messages.of(page, actor) });
    } catch (error) {
      // The answer has begun, so the stream just ends, and the client reconnects.
      this.reporter.problemOf(error);
    }
  }
}

/** @throws Problem `invalid_request` for a position that the log has not reached */
function readPosition(lastEventId: string, reached: Position): Position {
  if (/^\d{1,19}$/.test(lastEventId) && BigInt(lastEventId) <= reached) return BigInt(lastEventId);
  throw new Problem(
    'invalid_request',
    'Last-Event-ID is not a position of this log. Send the id of the last message unchanged, or leave it out to begin now.',
  );
}
