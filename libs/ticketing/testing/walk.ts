import fc from 'fast-check';
import type { Actor, Role } from '../decision.js';
import type { Create } from '../ticket/create.js';
import type { TicketAction, TicketActionName, TicketCommand } from '../ticket/decide.js';
import type { Service } from '../service/state.js';
import { engineers } from './actors.js';
import { modelAllowed, modelCommands } from './ticket-model.js';
import { time, type ModelTicket } from './ticket-model-data.js';

const actor = (id: string, tenant: string | null, ...roles: Role[]): Actor => ({
  id,
  tenant,
  roles,
});

/** Everybody who walks by: requesters, strangers, engineers, leads, and people with several roles. */
export const cast: readonly Actor[] = [
  actor('alice', 'acme', 'customer'),
  actor('mallory', 'acme', 'customer'),
  actor('alice', 'globex', 'customer'),
  actor('alice', 'acme', 'reporter'),
  actor('nobody', 'acme'),
  actor('bob', null, 'engineer'),
  actor('carol', null, 'engineer'),
  actor('carol', 'acme', 'customer', 'engineer'),
  actor('dave', null, 'engineer'),
  actor('lena', null, 'lead'),
  actor('dave', null, 'engineer', 'lead'),
  actor('anna', null, 'admin'),
  actor('audra', null, 'auditor'),
  actor('petra', null, 'privacy_officer'),
  actor('service-tickets', null, 'system'),
];

/** Those to whom the table gives most. */
const protagonists = cast.filter(
  ({ id, tenant, roles }) =>
    (id === 'alice' && tenant === 'acme' && roles.includes('customer')) ||
    id === 'bob' ||
    id === 'lena',
);

const vpn: Service = {
  state: 'active',
  serviceId: 'vpn',
  name: 'VPN',
  issueTypes: [],
  owners: ['bob', 'carol'],
};
const wellFormed = {
  type: 'create',
  ticketId: '019ab3c4-5d6e-7f80-9123-456789abcdef',
  serviceId: 'vpn',
  description: 'The tunnel drops every hour.',
  contact: { email: 'alice@acme.example' },
  agreement: { accepted: true, version: '2026-01' },
  service: vpn,
  serviceRevision: 4,
} as const satisfies Omit<Create, 'by' | 'at'>;

type Body<Command> = Command extends TicketCommand ? Omit<Command, 'by' | 'at'> : never;
type CreateBody = Body<Create>;

/** Creations that the table refuses, for one reason each. */
const flawed: readonly CreateBody[] = [
  { ...wellFormed, description: ' \n' },
  { ...wellFormed, description: 'password: hunter2' },
  { ...wellFormed, service: { state: 'none' } },
  { ...wellFormed, service: { ...vpn, state: 'inactive' } },
  { ...wellFormed, service: { ...vpn, issueTypes: ['login'] } },
  { ...wellFormed, service: { ...vpn, issueTypes: ['login'] }, issueType: 'tunnel' },
  { ...wellFormed, issueType: 'tunnel' },
  { ...wellFormed, contact: undefined },
  { ...wellFormed, contact: {} },
  {
    ...wellFormed,
    contact: {
      email: 'a@b.example',
      receivingPeriod: { from: '09:00', to: '18:00', timeZone: 'UTC' },
    },
  },
  { ...wellFormed, agreement: undefined },
  { ...wellFormed, agreement: { accepted: false, version: '2026-01' } },
  { ...wellFormed, previousTicketId: '019ab3c4-0000-7000-8000-000000000000' },
];
const flawless: readonly CreateBody[] = [
  wellFormed,
  wellFormed,
  { ...wellFormed, service: { ...vpn, owners: [] } },
  { ...wellFormed, service: { ...vpn, owners: [] }, contact: { mobile: '+390612345678' } },
  { ...wellFormed, service: { ...vpn, owners: [] }, description: 'It is slow.' },
  { ...wellFormed, service: { ...vpn, owners: ['carol'] } },
  { ...wellFormed, service: { ...vpn, issueTypes: ['login'] }, issueType: 'login' },
  { ...wellFormed, description: 'password: none', acknowledgeSensitive: true },
];

const onBehalf = fc.constantFrom<Create['onBehalfOf']>(undefined, { id: 'alice', tenant: 'acme' });
const creation = (bodies: readonly CreateBody[]): fc.Arbitrary<CreateBody> =>
  fc
    .record({ body: fc.constantFrom(...bodies), onBehalfOf: onBehalf })
    .map(({ body, onBehalfOf }) => ({ ...body, onBehalfOf }));

const words = fc.constantFrom('Since when?', 'It got worse.', '');
const reason = fc.constantFrom(undefined, 'A duplicate.');
const rating = fc.integer({ min: 1, max: 5 });
const target = fc
  .constantFrom<keyof typeof engineers>('bob', 'bob', 'carol', 'dave', 'lena', 'gus', 'nobody')
  .map((engineerId) => ({ engineerId, engineer: engineers[engineerId] }));
const service = fc.constantFrom(vpn, vpn, { ...vpn, owners: [] }, { state: 'none' } as const);

/** Bodies for every command; a step holds one of each and uses the one of the command it gives. */
const bodies = fc.record({
  dispatch: fc.record({ service, serviceRevision: fc.nat(9) }),
  handle: fc.record({ reason }),
  assign: target,
  forward: fc.tuple(target, reason).map(([to, why]) => ({ ...to, reason: why })),
  'request-feedback': fc.record({ message: words }),
  'provide-feedback': fc.record({ message: words }),
  messages: fc.record({ message: words }),
  notes: fc.record({ text: words }),
  resume: fc.record({ reason }),
  resolve: fc.record({
    summary: words,
    confirmationMinutes: fc.constantFrom(72 * 60, 72 * 60, 60),
  }),
  'withdraw-resolution': fc.record({ reason: words }),
  confirm: fc.record({ rating: fc.option(rating, { nil: undefined }), comment: reason }),
  'reject-resolution': fc.record({ reason: words }),
  cancel: fc.record({ reason }),
  close: fc.record({ reason }),
  severity: fc.record({ severity: fc.constantFrom('critical', 'high', 'medium', 'low') }),
  evaluate: fc.record({ rating, comment: reason }),
} satisfies Record<TicketActionName, fc.Arbitrary<object>>);

/** Minutes between two commands; 72 hours and 30 days are where something becomes due. */
const pause = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(0, 1, 30) },
  { weight: 2, arbitrary: fc.constantFrom(59, 60, 72 * 60 - 1, 72 * 60, 72 * 60 + 1) },
  { weight: 1, arbitrary: fc.constantFrom(720 * 60 - 1, 720 * 60, 720 * 60 + 1) },
);

export interface Step {
  readonly pause: number;
  /** Whether the pause lasts to the moment when something of the ticket becomes due. */
  readonly untilDue: boolean;
  readonly kind: 'create' | 'create wrongly' | 'anything' | 'something allowed' | 'go on';
  readonly creation: { readonly good: CreateBody; readonly bad: CreateBody };
  readonly pick: number;
  readonly who: Actor;
  readonly bodies: Record<TicketActionName, object>;
}

const step = (...kinds: Step['kind'][]): fc.Arbitrary<Step> =>
  fc.record({
    pause,
    untilDue: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.boolean()),
    kind: fc.constantFrom(...kinds),
    creation: fc.record({ good: creation(flawless), bad: creation(flawed) }),
    pick: fc.noBias(fc.nat(999_999)),
    who: fc.oneof(fc.constantFrom(...protagonists), fc.constantFrom(...cast)),
    bodies,
  });

/** At most 40 commands, of which the first few fail to create a ticket. */
export const walk: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.array(step('create wrongly', 'create wrongly', 'anything'), { maxLength: 4 }),
    fc.array(
      step(
        'anything',
        'anything',
        'anything',
        'go on',
        'go on',
        'go on',
        'go on',
        'something allowed',
        'create',
      ),
      {
        maxLength: 36,
        size: 'max',
      },
    ),
  )
  .map(([first, then]) => [...first, ...then]);

/** When a step's command is given, after another. */
export function momentOf(step: Step, ticket: ModelTicket | null, before: string): string {
  const due = ticket?.state === 'closed' ? ticket.evaluateBy : (ticket?.confirmBy ?? 0);
  return step.untilDue && due !== null && due > time(before)
    ? new Date(due).toISOString()
    : new Date(time(before) + step.pause * 60_000).toISOString();
}

/** These end the ticket, after which there is little left to compare. */
const endings: readonly string[] = ['cancel', 'close'];

/**
 * The command that a step gives. By chance alone most actors are the wrong ones and few tickets
 * would be resolved, so that many steps ask the model for what somebody may do.
 */
export function commandOf(step: Step, ticket: ModelTicket | null, at: string): TicketCommand {
  const { kind, who: by, creation: create, pick, bodies } = step;
  if (kind === 'create' || (ticket === null && kind === 'go on')) return { ...create.good, by, at };
  if (kind === 'create wrongly') return { ...(ticket === null ? create.bad : wellFormed), by, at };
  const possible = ticket === null || kind === 'anything' ? [] : whatIsPossible(kind, ticket, at);
  const [name, actors] = choose(possible, pick) ?? [choose(modelCommands, pick), [by]];
  const type = name as TicketActionName;
  // Which actor is drawn must not follow from which command is.
  const actor = choose(actors, Math.floor(pick / 1_000)) ?? by;
  return { ...bodies[type], type, by: actor, at } as TicketAction;
}

const choose = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % items.length];

/** The commands that somebody may give now, and who. */
function whatIsPossible(kind: Step['kind'], ticket: ModelTicket, at: string) {
  const possible = new Map<string, Actor[]>();
  for (const by of cast) {
    for (const name of modelAllowed(by, ticket, time(at))) {
      if (kind === 'go on' && endings.includes(name)) continue;
      possible.set(name, [...(possible.get(name) ?? []), by]);
    }
  }
  return [...possible];
}
