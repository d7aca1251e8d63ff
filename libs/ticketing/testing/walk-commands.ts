import fc from 'fast-check';
import type { Actor, Role } from '../decision.js';
import type { Service } from '../service/state.js';
import type { Create } from '../ticket/create.js';
import { membersOf, modelCommands, type Member } from './ticket-model-table.js';

const actor = (id: string, tenant: string | null, ...roles: Role[]): Actor => ({
  id,
  tenant,
  roles,
});

export const alice = actor('alice', 'acme', 'customer');
export const forAlice = { id: 'alice', tenant: 'acme' };

/** Requesters, strangers, engineers, leads, and people with several roles. */
export const cast: readonly Actor[] = [
  alice,
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

/** The actors with the most rights. */
export const protagonists = cast.filter(
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
export const wellFormed = {
  type: 'create',
  ticketId: '019ab3c4-5d6e-7f80-9123-456789abcdef',
  serviceId: 'vpn',
  description: 'The tunnel drops every hour.',
  contact: { email: 'alice@acme.example' },
  agreement: { accepted: true, version: '2026-01' },
  service: vpn,
  serviceRevision: 4,
} as const satisfies Omit<Create, 'by' | 'at'>;

export type CreateBody = Omit<Create, 'by' | 'at'>;

/** Creations that the table refuses, each for one reason. */
export const flawed: readonly CreateBody[] = [
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
export const flawless: readonly CreateBody[] = [
  wellFormed,
  wellFormed,
  { ...wellFormed, service: { ...vpn, owners: [] } },
  { ...wellFormed, service: { ...vpn, owners: [] }, contact: { mobile: '+390612345678' } },
  { ...wellFormed, service: { ...vpn, owners: [] }, description: 'It is slow.' },
  { ...wellFormed, service: { ...vpn, owners: ['carol'] } },
  { ...wellFormed, service: { ...vpn, issueTypes: ['login'] }, issueType: 'login' },
  { ...wellFormed, description: 'password: none', acknowledgeSensitive: true },
];

const onBehalf = fc.constantFrom<Create['onBehalfOf']>(undefined, forAlice);
export const creation = (bodies: readonly CreateBody[]): fc.Arbitrary<CreateBody> =>
  fc
    .record({ body: fc.constantFrom(...bodies), onBehalfOf: onBehalf })
    .map(({ body, onBehalfOf }) => ({ ...body, onBehalfOf }));

const words = fc.constantFrom('Since when?', 'It got worse.', '');

/** The values of members that are not words. */
const values: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  engineerId: fc.constantFrom('bob', 'bob', 'carol', 'dave', 'lena', 'gus', 'nobody'),
  rating: fc.integer({ min: 1, max: 5 }),
  severity: fc.constantFrom('critical', 'high', 'medium', 'low'),
};

function valueOf({ name, isOptional }: Member): fc.Arbitrary<unknown> {
  const value = values[name] ?? words;
  return isOptional ? fc.option(value, { nil: undefined, freq: 2 }) : value;
}

/** Requests for every command: a step has one of each and uses the one of its command. */
export const requests = fc.record(
  Object.fromEntries(
    modelCommands.map((command) => [
      command,
      fc.record(
        Object.fromEntries(membersOf(command).map((member) => [member.name, valueOf(member)])),
      ),
    ]),
  ),
);

/** The facts for decisions besides the ticket and the engineer in a request. */
export const facts = fc.record({
  service: fc.constantFrom(vpn, vpn, { ...vpn, owners: [] }, { state: 'none' } as const),
  serviceRevision: fc.nat(9),
  confirmationMinutes: fc.constantFrom(72 * 60, 72 * 60, 60),
});
