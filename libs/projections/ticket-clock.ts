import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';
import { enters, facetsAround, type FacetChange } from './ticket-facets.js';

export const measureNames = [
  'firstHandling',
  'firstResponse',
  'resolution',
  'close',
  'waitingForCustomer',
] as const;
export type MeasureName = (typeof measureNames)[number];

/** Milliseconds; null for what has not happened. */
export type Measures = { readonly [Name in MeasureName]: number | null };

/** How long one ticket took so far. Times are milliseconds since 1970. */
export interface TicketClock {
  readonly createdAt: number;
  /** Since when the ticket waits for the customer; null while it is the desk's turn. */
  readonly waitingSince: number | null;
  /** Milliseconds that the ticket waited for the customer, in waits that are over. */
  readonly waited: number;
  readonly measures: Measures;
  readonly service: string | null;
  readonly severity: string | null;
}

/** Whether it is the customer's turn in a state; otherwise the desk's, or the ticket is over. */
export const isCustomersTurn = (state: TicketStateName | undefined): boolean =>
  state === 'pending_feedback' || state === 'pending_confirmation';

/** The measures that an event may change, by the facets before and after it. */
export function measuresChanged(change: FacetChange): readonly MeasureName[] {
  const { before, after } = change;
  const waited = isCustomersTurn(before?.state);
  const waits = isCustomersTurn(after.state);
  const moves: { readonly [Name in MeasureName]: boolean } = {
    firstHandling: (before?.handler ?? null) === null && after.handler !== null,
    firstResponse: waits && !waited,
    resolution: enters('pending_confirmation', change) || losesResolution(change),
    close: enters('closed', change),
    waitingForCustomer: waited && !waits,
  };
  return measureNames.filter((name) => moves[name]);
}

/** A resolution stands until the ticket leaves the confirmation for anything but its end. */
const losesResolution = ({ before, after }: FacetChange): boolean =>
  before?.state === 'pending_confirmation' &&
  after.state !== 'pending_confirmation' &&
  after.state !== 'closed';

/** The clock after an event; null before the ticket's first one. */
export function advance(before: TicketClock | null, event: DecodedEvent): TicketClock {
  const change = facetsAround(event);
  const { state, service, severity } = change.after;
  const at = Date.parse(event.at);
  const { createdAt, waitingSince, waited: waitedBefore, measures } = before ?? newClock(at);
  const isWaiting = isCustomersTurn(state);
  const wait = waitingSince === null ? 0 : timeBetween(waitingSince, at);
  const waited = isWaiting ? waitedBefore : waitedBefore + wait;
  // A wait that continues counts up to now; one that begins now has not lasted yet.
  const desk = Math.max(0, timeBetween(createdAt, at) - waitedBefore - wait);
  return {
    createdAt,
    waitingSince: isWaiting ? (waitingSince ?? at) : null,
    waited,
    measures: measure(measures, change, desk, waited),
    service,
    severity,
  };
}

const newClock = (createdAt: number) => ({
  createdAt,
  waitingSince: null,
  waited: 0,
  measures: {
    firstHandling: null,
    firstResponse: null,
    resolution: null,
    close: null,
    waitingForCustomer: null,
  } satisfies Measures,
});

/**
 * @param desk - milliseconds that the desk has had the ticket so far
 * @param waited - milliseconds that the ticket waited for the customer, in waits that are over
 */
function measure(measures: Measures, change: FacetChange, desk: number, waited: number): Measures {
  const next = {
    firstHandling: measures.firstHandling ?? desk,
    firstResponse: measures.firstResponse ?? desk,
    resolution: losesResolution(change) ? null : desk,
    close: desk,
    waitingForCustomer: waited,
  };
  const changed = measuresChanged(change).map((name) => [name, next[name]] as const);
  return { ...measures, ...Object.fromEntries(changed) };
}

/** Milliseconds between two moments; 0 if the clock stepped back. */
const timeBetween = (from: number, to: number): number => Math.max(0, to - from);
