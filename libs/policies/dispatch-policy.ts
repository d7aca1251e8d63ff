import type { Logger } from 'pino';
import type { EventReader, Position, RecordedEvent } from '#event-store/event-store.js';
import { readTraceparent } from '#platform/telemetry/trace-context.js';
import { sleep } from '#event-store/sleep.js';
import type { ViewReader } from '#view-stores/view-store.js';
import type { ServiceView } from '#projections/services.js';
import type { TicketView } from '#projections/tickets.js';

/** Gives the command `dispatch` on a ticket. A ticket that needs none, or cannot have one, is let be. */
export type Dispatch = (ticketId: string, cause: Cause | undefined) => Promise<void>;

/** The event that a dispatch follows from, and the trace that it goes on with. */
export interface Cause {
  readonly id: string;
  readonly traceparent: string | undefined;
}

const PAGE = 200;
const REST_MILLISECONDS = 1_000;
const STEP_MILLISECONDS = 5;

/**
 * Dispatches tickets that were raised while their service had no owners, once it has some.
 *
 * It keeps no checkpoint: at start it looks for what is left to do, and from then on follows the
 * log. A dispatch that is asked for twice is a harmless repeat: so it needs no fence where several
 * processes could run it, only a lease, so that they do not all do the same.
 */
export class DispatchPolicy {
  constructor(
    private readonly log: EventReader,
    private readonly readModels: {
      readonly tickets: ViewReader<TicketView>;
      readonly services: ViewReader<ServiceView>;
    },
    private readonly dispatch: Dispatch,
    private readonly logger: Logger,
  ) {}

  /** Runs until the signal aborts, and starts again where something fails. */
  async run(signal: AbortSignal): Promise<void> {
    const isStopped = () => signal.aborted;
    while (!isStopped()) {
      try {
        await this.#follow(signal);
      } catch (error) {
        if (isStopped()) return;
        this.logger.error({ err: error }, 'dispatching has stopped; it starts again');
        await sleep(REST_MILLISECONDS, signal);
      }
    }
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const head = await this.log.headPosition();
    await this.#caughtUp(head, signal);
    for (const serviceId of await this.#servicesWithOwners()) {
      await this.#dispatchAll(serviceId, undefined);
    }
    const subscription = this.log.subscribeToAll({
      after: head,
      types: ['TicketCreated', 'TicketDispatched', 'ServiceOwnersConfigured'],
      limit: PAGE,
      signal,
    });
    for await (const { events } of subscription) await this.#react(events, signal);
  }

  async #react(events: readonly RecordedEvent[], signal: AbortSignal): Promise<void> {
    const dispatched = new Set(
      events.filter(({ type }) => type === 'TicketDispatched').map(({ stream }) => stream),
    );
    for (const event of events) {
      if (event.type === 'ServiceOwnersConfigured') {
        await this.#caughtUp(event.position, signal);
        await this.#dispatchAll(event.stream.slice('service-'.length), causeIn(event));
      } else if (event.type === 'TicketCreated' && !dispatched.has(event.stream)) {
        await this.dispatch(event.stream.slice('ticket-'.length), causeIn(event));
      }
    }
  }

  /** Dispatches all tickets of a service that never reached an engineer, oldest first. */
  async #dispatchAll(serviceId: string, cause: Cause | undefined): Promise<void> {
    let after: { value: string; id: string } | undefined;
    for (;;) {
      const found = await this.readModels.tickets.find({
        where: [
          { field: 'dispatched', in: [0] },
          { field: 'service', in: [serviceId] },
          { field: 'state', in: ['pending'] },
        ],
        sort: { field: 'createdAt', descending: false },
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      for (const { id } of found) await this.dispatch(id, cause);
      const last = found.at(-1);
      if (found.length < PAGE || last === undefined) return;
      after = { value: last.view.createdAt, id: last.id };
    }
  }

  async #servicesWithOwners(): Promise<readonly string[]> {
    const ids: string[] = [];
    let after: { value: string; id: string } | undefined;
    for (;;) {
      const found = await this.readModels.services.find({
        where: [],
        sort: { field: 'serviceId', descending: false },
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      ids.push(...found.filter(({ view }) => view.service.owners.length > 0).map(({ id }) => id));
      const last = found.at(-1);
      if (found.length < PAGE || last === undefined) return ids;
      after = { value: last.id, id: last.id };
    }
  }

  /** Waits until the read models know what happened up to a position. */
  async #caughtUp(position: Position, signal: AbortSignal): Promise<void> {
    const { tickets, services } = this.readModels;
    while (!signal.aborted) {
      const reached = await Promise.all([tickets.checkpoint(), services.checkpoint()]).catch(
        // Read models that are being made are waited for like those that are behind.
        () => [],
      );
      if (reached.length > 0 && reached.every((checkpoint) => checkpoint >= position)) return;
      await sleep(STEP_MILLISECONDS, signal);
    }
  }
}

const causeIn = ({ id, metadata }: RecordedEvent): Cause => ({
  id,
  traceparent: readTraceparent(metadata['traceparent']),
});
