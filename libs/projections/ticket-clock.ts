import type { TicketFacets, TicketStateName } from '#ticketing/ticket/state.js';
import type { DecodedEvent } from '#event-store/codec/decoded-event.js';

export const measureNames = [
  'firstHandling',
  'firstResponse',
  'resolution',
  'close',
  'waitingForCustomer',
] as const;
export type MeasureName = (typeof measureNames)[number];

/** Milliseconds; null for what has not come to pass. */
export type Measures = { readonly [Name in MeasureName]: number | null };

/** How long one ticket took so far. Times are milliseconds since 1970. */
export interface TicketClock {
  readonly createdAt: number;
  /** Since when the customer is waited for; null while it is the desk's turn. */
  readonly waitingSince: number | null;
  /** Milliseconds that the customer was waited for, in waits that are over. */
  readonly waited: number;
  readonly measures: Measures;
  readonly service: string | null;
  readonly severity: string | null;
}

export const waitsForCustomer = (state: TicketStateName | undefined): boolean =>
  state === 'pending_feedback' || state === 'pending_confirmation';

/** The clock after an event; null before the ticket's first one. */
export function advance(before: TicketClock | null, event: DecodedEvent): TicketClock {
  const { after } = event.metadata;
  const at = Date.parse(event.at);
  const { createdAt, waitingSince, waited: waitedBefore, measures } = before ?? fresh(at);
  const isWaiting = waitsForCustomer(after?.state);
  const wait = waitingSince === null ? 0 : timeBetween(waitingSince, at);
  const wasOver = waitingSince !== null && !isWaiting;
  const waited = wasOver ? waitedBefore + wait : waitedBefore;
  // A wait that goes on counts up to now; one that begins now has not lasted yet.
  const desk = Math.max(0, timeBetween(createdAt, at) - waitedBefore - wait);
  const measured = measure(measures, event, desk);
  return {
    createdAt,
    waitingSince: isWaiting ? (waitingSince ?? at) : null,
    waited,
    measures: wasOver ? { ...measured, waitingForCustomer: waited } : measured,
    ...groupsOf(after),
  };
}

const groupsOf = (facets: TicketFacets | undefined) => ({
  service: facets?.service ?? null,
  severity: facets?.severity ?? null,
});

const nothingYet: Measures = {
  firstHandling: null,
  firstResponse: null,
  resolution: null,
  close: null,
  waitingForCustomer: null,
};

const fresh = (createdAt: number): TicketClock => ({
  createdAt,
  waitingSince: null,
  waited: 0,
  measures: nothingYet,
  ...groupsOf(undefined),
});

/** What an event measures, where `desk` is the time that the desk has had the ticket so far. */
function measure(measures: Measures, { type }: DecodedEvent, desk: number): Measures {
  const { firstHandling, firstResponse } = measures;
  switch (type) {
    case 'TicketAssigned':
      return { ...measures, firstHandling: firstHandling ?? desk };
    case 'FeedbackRequested':
      return { ...measures, firstResponse: firstResponse ?? desk };
    case 'ResolutionSubmitted':
      return { ...measures, firstResponse: firstResponse ?? desk, resolution: desk };
    case 'ResolutionWithdrawn':
    case 'ResolutionRejected':
      return { ...measures, resolution: null };
    case 'TicketClosed':
      return { ...measures, close: desk };
    default:
      return measures;
  }
}

/** Clocks step back now and then; a time between two moments is never less than none. */
const timeBetween = (from: number, to: number): number => Math.max(0, to - from);
