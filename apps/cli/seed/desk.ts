import type { Actor } from '#ticketing/decision.js';
import type { Contact } from '#ticketing/ticket/create.js';
import type { Requester } from '#ticketing/ticket/state.js';
import type { Random } from './random.js';
import { byRank, type Weighted } from './weighted.js';

/** A service with its owners, the busiest first. */
export interface DeskService {
  readonly serviceId: string;
  readonly name: string;
  readonly issueTypes: readonly string[];
  readonly owners: readonly string[];
}

export interface Customer {
  readonly actor: Actor & Requester;
  readonly contact: Contact;
}

/** The services and people of the desk, drawn once from the seed. */
export interface Desk {
  readonly engineerIds: readonly string[];
  readonly leads: readonly Actor[];
  readonly services: readonly DeskService[];
  readonly tenants: readonly (readonly Customer[])[];
  drawService(random: Random): DeskService;
  drawCustomer(random: Random): Customer;
}

const ENGINEERS = 80;
const LEADS = 5;
const SERVICES = 40;
const TENANTS = 200;
const MAX_CUSTOMERS = 25;
const MAX_OWNERS = 8;
/** The share of services with issue types. */
const TYPED_SHARE = 0.4;

const THINGS = 'Intrusion,Firewall,Mail,Endpoint,Identity,Cloud,Web,Network,Backup,Mobile'.split(
  ',',
);
const TASKS = ['detection', 'protection', 'monitoring', 'advice'];
const ISSUE_TYPES = ['incident', 'false-alarm', 'question', 'change'];

/** A desk of 40 services, 80 engineers, 5 leads and 200 tenants with up to 25 customers each. */
export function makeDesk(random: Random): Desk {
  const engineerIds = numbered(ENGINEERS).map((number) => `engineer-${number}`);
  const services = numbered(SERVICES).map((number) => makeService(number, engineerIds, random));
  const tenants = numbered(TENANTS).map((number) => makeTenant(number, random));
  const drawnServices = byRank(services);
  const drawnTenants: Weighted<Weighted<Customer>> = byRank(tenants.map((all) => byRank(all)));
  return {
    engineerIds,
    leads: numbered(LEADS).map((number) => actor(`lead-${number}`, null, 'lead')),
    services,
    tenants,
    drawService: (chance) => drawnServices.draw(chance),
    drawCustomer: (chance) => drawnTenants.draw(chance).draw(chance),
  };
}

export const engineer = (id: string): Actor => actor(id, null, 'engineer');
export const administrator: Actor = { id: 'seed', tenant: null, roles: ['admin'] };

function makeService(number: number, engineerIds: readonly string[], random: Random): DeskService {
  const thing = THINGS[(number - 1) % THINGS.length] ?? '';
  const task = TASKS[Math.floor((number - 1) / THINGS.length)] ?? '';
  const owners = new Set<string>();
  const wanted = 1 + random.below(MAX_OWNERS);
  while (owners.size < wanted) owners.add(engineerIds[random.below(ENGINEERS)] ?? '');
  return {
    serviceId: `${thing}-${task}`.toLowerCase(),
    name: `${thing} ${task}`,
    issueTypes: random.happens(TYPED_SHARE) ? ISSUE_TYPES : [],
    owners: [...owners],
  };
}

function makeTenant(number: number, random: Random): Customer[] {
  const tenant = `tenant-${number}`;
  return numbered(1 + random.below(MAX_CUSTOMERS)).map((customer) => {
    const id = `customer-${customer}`;
    const email = `${id}@${tenant}.example`;
    const contact = random.happens(0.3)
      ? { email, mobile: `+39${3_200_000_000 + number * 1_000 + customer}`, receivingPeriod }
      : { email };
    return { actor: actor(id, tenant, 'customer'), contact };
  });
}

const receivingPeriod = { from: '08:00', to: '18:00', timeZone: 'Europe/Rome' };

const actor = (id: string, tenant: string | null, role: Actor['roles'][number]): Actor => ({
  id,
  tenant,
  roles: [role],
});

/** The numbers from 1 to a count. */
const numbered = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => index + 1);
