import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { EventReader, LogPage, Position } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import { ProblemReporter } from '#platform/problems/problem-reporter.js';
import { EVENT_LOG } from '#platform/tokens.js';
import type { Actor } from '#ticketing/decision.js';
import { Freshness } from '../freshness.js';
import { eventFeed, type Told } from './event-feed.js';
import { LiveLog } from './live-log.js';
import { Messages } from './messages.js';
import { FollowEvents } from './queries.js';
import { Requesters } from './requesters.js';
import { shownTo } from './shown-to.js';

/** So much is handed to a connection at once: what a slow reader does not take lies in memory. */
const ENOUGH_CHARACTERS = 64 * 1024;

@QueryHandler(FollowEvents)
export class FollowEventsHandler implements IQueryHandler<FollowEvents> {
  readonly #messages = new Messages();

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventReader,
    private readonly live: LiveLog,
    private readonly requesters: Requesters,
    private readonly freshness: Freshness,
    private readonly reporter: ProblemReporter,
  ) {}

  async execute({ actor, request, lastEventId, signal }: FollowEvents) {
    const head = await this.log.headPosition();
    const reached = await this.freshness.reached(request.minPosition, {
      checkpoint: () => this.log.headPosition(),
    });
    const after = lastEventId === undefined ? head : readPosition(lastEventId, reached);
    return this.#feed(actor, after, signal);
  }

  async *#feed(actor: Actor, after: Position, signal: AbortSignal): AsyncGenerator<string> {
    if (signal.aborted) return;
    try {
      const tail = this.live.listen(signal);
      yield* eventFeed({ tail, after, tell: (page) => this.#tell(actor, page), signal });
    } catch (error) {
      // Nothing can be answered any more: the stream ends, and the client connects again.
      this.reporter.problemOf(error);
    }
  }

  async #tell(actor: Actor, { events, position }: LogPage): Promise<Told> {
    let text = '';
    for (const event of events) {
      const shown = await shownTo(actor, event, (of) => this.requesters.of(of));
      if (shown !== 'nothing') text += this.#messages.of(event, shown === 'everything');
      if (text.length > ENOUGH_CHARACTERS) return { text, position: event.position };
    }
    return { text, position };
  }
}

/** @throws Problem `invalid_request` for what is no position that the log has reached. */
function readPosition(lastEventId: string, reached: Position): Position {
  if (/^\d{1,19}$/.test(lastEventId) && BigInt(lastEventId) <= reached) return BigInt(lastEventId);
  throw new Problem(
    'invalid_request',
    'Last-Event-ID is no position of this log. Send the id of the last message as it came, or leave it out to begin with what happens now.',
  );
}
