import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { EventReader } from '#event-store/event-store.js';
import { Problem } from '#platform/problems/problem.js';
import { DamagedHistories } from '#platform/process/damaged-histories.js';
import { System } from '#platform/system.js';
import { foldUntil, type Until } from '#projections/past/events-until.js';
import { entryOf, type TicketEntry } from '#projections/ticket-entries.js';
import { isMessage } from '#projections/ticket-texts.js';
import { tickets, type TicketView } from '#projections/tickets.js';
import { Views } from '#projections/views.js';
import type { Actor } from '#ticketing/decision.js';
import { ticketStream } from '#ticketing/streams.js';
import { mayOnTicket } from '#ticketing/ticket/visibility.js';
import { Freshness } from '../freshness.js';
import { noSuchTicket } from '../no-such-ticket.js';
import { serviceNames } from '../service-names.js';
import { standingOf } from '../standing.js';
import { requesterInHistory } from '../requester-in-history.js';
import type { ShowTicketRequest } from '../tickets/show-ticket-query.js';
import { entriesQuery } from '../tickets/read-entries.js';
import { ticketPage, type TicketPage } from '../tickets/ticket-page.js';
import { LatestEntries } from './latest-entries.js';
import { serviceAt } from './service-at.js';

/** A ticket as it was at a time or a revision. */
export class ShowPastTicket extends Query<TicketPage> {
  constructor(
    readonly actor: Actor,
    readonly ticketId: string,
    readonly until: Until,
    readonly request: ShowTicketRequest,
  ) {
    super();
  }
}

/**
 * A ticket as it was, folded from the log without any read model. The answer's position is the
 * log's last one.
 */
@QueryHandler(ShowPastTicket)
export class ShowPastTicketHandler implements IQueryHandler<ShowPastTicket> {
  constructor(
    private readonly freshness: Freshness,
    private readonly log: EventReader,
    private readonly readModels: Views,
    private readonly damaged: DamagedHistories,
    private readonly system: System,
  ) {}

  async execute({ actor, ticketId, until, request }: ShowPastTicket): Promise<TicketPage> {
    const position = await this.freshness.logReached(request.minPosition);
    const stream = ticketStream(ticketId);
    const requester = await requesterInHistory(this.log, this.readModels, actor, ticketId);
    this.damaged.requireIntact(stream);
    const showsNotes = mayOnTicket(actor, 'readNotes', requester);
    const latest = new LatestEntries();
    // Of each kind, a page shows the last one at most.
    const longTexts = new Map<TicketEntry['kind'], TicketEntry>();
    let lastAt = -Infinity;
    const view = await foldUntil(tickets, this.log, stream, until, (event) => {
      const entry = entryOf(event);
      if (entry !== null) {
        if (isMessage(entry) || (showsNotes && entry.kind === 'note')) latest.add(entry);
        else longTexts.set(entry.kind, entry);
      }
      lastAt = Math.max(lastAt, Date.parse(event.at));
    });
    if (view === null || isBefore(view, until)) throw await this.#notThen(stream, view, until);
    const time = 'time' in until ? Math.min(until.time, Date.parse(this.system.now())) : lastAt;
    const { serviceId } = view.ticket;
    const serviceOf = await serviceNames([serviceId], (id) => serviceAt(this.log, id, time));
    const then = new Date(time).toISOString();
    const parts = {
      service: serviceOf(serviceId),
      entries: latest.page(entriesQuery(actor, ticketId, requester)),
      longTexts: [...longTexts.values()],
    };
    const standing = await standingOf(actor, this.readModels.engineers);
    const page = ticketPage(view, parts, standing, then);
    return { ...page, position: position.toString() };
  }

  async #notThen(stream: string, last: TicketView | null, until: Until): Promise<Problem> {
    if ('revision' in until) {
      return new Problem(
        'not_found',
        `The ticket has no revision ${until.revision} yet. Its last revision is ${last?.revision ?? 0}.`,
      );
    }
    const first = await foldUntil(tickets, this.log, stream, { revision: 0 });
    if (first === null) return noSuchTicket();
    return new Problem(
      'not_found',
      `The ticket did not exist then. It was created at ${first.createdAt}.`,
    );
  }
}

const isBefore = ({ revision }: TicketView, until: Until): boolean =>
  'revision' in until && revision < until.revision;
