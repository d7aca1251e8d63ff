import fc from 'fast-check';
import { engineerEvents, serviceEvents, ticketEvents } from '#event-store/testing/todays-events.js';
import type { TicketEvent } from '#ticketing/ticket/events.js';
import { severities, type TicketState } from '#ticketing/ticket/state.js';
import { Story } from './story.js';

/** Something that happens in a story: to which of a few tickets, services or people, and what. */
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

type Telling = (pick: number) => TicketEvent;
const fact =
  <Type extends keyof typeof ticketEvents>(
    type: Type,
    change: (pick: number) => Partial<(typeof ticketEvents)[Type]> = () => ({}),
  ): Telling =>
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
const handled = [
  ...always,
  fact('TicketForwarded', (pick) => ({ engineerId: someone(pick) })),
  fact('FeedbackRequested'),
  fact('FeedbackProvided'),
  fact('ProcessingResumed'),
  fact('ResolutionSubmitted'),
  fact('ResolutionWithdrawn'),
  fact('ResolutionRejected'),
  fact('ResolutionConfirmed'),
  fact('TicketClosed'),
];

/** What may happen next to a ticket. */
const next: { readonly [State in TicketState['state']]: readonly Telling[] } = {
  none: [fact('TicketCreated', (pick) => ({ description: `It is word${pick % 5}.` }))],
  pending,
  processing: handled,
  pending_feedback: handled,
  pending_reply: handled,
  pending_confirmation: handled,
  canceled: [fact('InternalNoteAdded')],
  closed: [fact('EvaluationSubmitted'), fact('InternalNoteAdded')],
};

async function tell(story: Story, { to, which, pick }: Turn): Promise<void> {
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

/** The turns of a story; `tellStory` makes a log of them. */
export const storyTurns: fc.Arbitrary<Turn[]> = turns;

export async function tellStory(given: readonly Turn[]): Promise<Story> {
  const story = new Story();
  for (const turn of given) await tell(story, turn);
  return story;
}

/** A story that is always the same: to each of a few several things happen before the next. */
export const aFewTickets = (): Promise<Story> =>
  tellStory(
    Array.from({ length: 100 }, (_, index) => ({
      to: (['ticket', 'ticket', 'service', 'ticket', 'engineer'] as const)[index % 5] ?? 'ticket',
      which: Math.floor(index / 10) % 4,
      pick: index * 7,
    })),
  );
