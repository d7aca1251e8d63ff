import fc from 'fast-check';
import { engineerEvents, serviceEvents, ticketEvents } from '#event-store/testing/todays-events.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { severities, type Requester, type TicketState } from '#ticketing/ticket/state.js';
import { Story } from './story.js';

/** One step of a story: which of a few tickets, services or engineers it concerns, and what it does. */
interface Turn {
  readonly to: 'ticket' | 'service' | 'engineer';
  readonly which: number;
  readonly pick: number;
}

const turns = fc.array(
  fc.record<Turn>({
    to: fc.constantFrom('ticket', 'ticket', 'ticket', 'ticket', 'service', 'engineer'),
    which: fc.nat(3),
    pick: fc.nat(1_000),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);

const people = ['bob', 'carol', 'dave', 'lena'];
const someone = (pick: number): string => people[pick % people.length] ?? 'bob';

/** Two of them have the same id. */
export const requesters: readonly Requester[] = [
  { id: 'alice', tenant: 'acme' },
  { id: 'alice', tenant: 'globex' },
  { id: 'zoe', tenant: null },
];

type EventOf = (pick: number) => TicketEvent;
const fact =
  <Type extends keyof typeof ticketEvents>(
    type: Type,
    change: (pick: number) => Partial<Extract<TicketEvent, { type: Type }>['data']> = () => ({}),
  ): EventOf =>
  (pick) =>
    ({ type, data: { ...ticketEvents[type], ...change(pick) } }) as TicketEvent;

const always = [
  fact('InternalNoteAdded'),
  fact('CustomerMessageAdded', (pick) => ({ message: `word${pick % 7} again` })),
  fact('TicketSeveritySet', (pick) => ({ severity: severities[pick % 4] ?? 'low' })),
];
const pending = [
  ...always,
  fact('TicketDispatched', (pick) => ({ owners: [someone(pick), someone(pick + 1)] })),
  fact('TicketAssigned', (pick) => ({ engineerId: someone(pick) })),
  fact('TicketForwarded', (pick) => ({
    engineerId: someone(pick),
    became: 'owner' as const,
    from: null,
  })),
  fact('TicketCanceled'),
];
const forwarded = fact('TicketForwarded', (pick) => ({ engineerId: someone(pick) }));
const desk = [
  ...always,
  forwarded,
  fact('FeedbackRequested'),
  fact('ResolutionSubmitted'),
  fact('TicketClosed'),
];

/** The events that the domain allows in each state. */
const next: { readonly [State in TicketState['state']]: readonly EventOf[] } = {
  none: [
    fact('TicketCreated', (pick) => ({
      description: `It is word${pick % 5}.`,
      serviceId: pick % 2 === 0 ? 'vpn' : 'mail',
      requester: requesters[pick % requesters.length] ?? { id: 'alice', tenant: 'acme' },
    })),
  ],
  pending,
  processing: desk,
  pending_feedback: [...always, forwarded, fact('FeedbackProvided'), fact('TicketClosed')],
  pending_reply: [...desk, fact('ProcessingResumed')],
  pending_confirmation: [
    ...always,
    fact('ResolutionWithdrawn'),
    fact('ResolutionRejected'),
    fact('ResolutionConfirmed'),
    fact('TicketClosed'),
  ],
  canceled: [fact('InternalNoteAdded')],
  closed: [fact('EvaluationSubmitted'), fact('InternalNoteAdded')],
};

async function takeTurn(story: Story, { to, which, pick }: Turn): Promise<void> {
  story.actor = { id: someone(pick), role: 'engineer', tenant: null };
  if (to === 'ticket') {
    const id = `ticket${which}`;
    const possible = next[story.ticketNow(id).state];
    const event = possible[pick % possible.length]?.(pick);
    if (event !== undefined) await story.ticket(id, event);
  } else if (to === 'service') {
    const serviceId = `service${which}`;
    const owners = { owners: [someone(pick)], previousOwners: people };
    await story.service(
      serviceId,
      { type: 'ServiceRegistered', data: { ...serviceEvents.ServiceRegistered, serviceId } },
      { type: 'ServiceOwnersConfigured', data: { serviceId, ...owners } },
    );
  } else {
    const engineerId = someone(which);
    const data = { ...engineerEvents.EngineerRegistered, engineerId };
    await story.engineer(engineerId, { type: 'EngineerRegistered', data });
  }
}

/** The turns of a story; `tellStory` writes them to a log. */
export const storyTurns: fc.Arbitrary<Turn[]> = turns;

/** @param minutes - when each turn happens, if not one minute after the previous one */
export async function tellStory(
  given: readonly Turn[],
  minutes: readonly number[] = [],
): Promise<Story> {
  const story = new Story();
  for (const [index, turn] of given.entries()) {
    story.minute = minutes[index] ?? story.minute;
    await takeTurn(story, turn);
  }
  return story;
}

/**
 * Minutes for the turns of a story: some within a second, some years apart; sometimes the clock
 * stops or steps back.
 */
export const storyMinutes: fc.Arbitrary<number[]> = fc
  .array(
    fc.oneof(
      fc.constantFrom(0, 0, -30, -1_000),
      fc.integer({ min: 1, max: 200 }).map((milliseconds) => milliseconds / 60_000),
      fc.double({ min: 0, max: 7, noNaN: true }).map((power) => Math.round(10 ** power)),
    ),
    { maxLength: 60, size: 'max' },
  )
  .map((steps) => {
    let minute = 0;
    return steps.map((step) => (minute = Math.max(0, minute + step)));
  });

/** Fixed turns: each of a few tickets, services and engineers has several in a row. */
export const aFewTurns: readonly Turn[] = Array.from({ length: 100 }, (_, index) => ({
  to: (['ticket', 'ticket', 'service', 'ticket', 'engineer'] as const)[index % 5] ?? 'ticket',
  which: Math.floor(index / 10) % 4,
  pick: index * 11,
}));
