import { makeDesk } from '#apps/cli/seed/desk.js';
import { Random } from '#apps/cli/seed/random.js';
import { Texts } from '#apps/cli/seed/texts.js';
import { Weighted } from '#apps/cli/seed/weighted.js';

/** Filters, with realistic frequencies. */
type Draw = (random: Random) => Readonly<Record<string, string>>;

const desk = makeDesk(new Random('desk'));
const texts = new Texts();
const one = <Item>(items: readonly Item[], random: Random): Item =>
  items[random.below(items.length)] as Item;

const states = ['pending', 'processing', 'pending_feedback', 'pending_confirmation', 'closed'];
const state: Draw = (random) => ({ state: one(states, random) });
const service: Draw = (random) => ({ service: desk.drawService(random).serviceId });
const handler: Draw = (random) => ({ handler: one(desk.engineerIds, random) });
const owner: Draw = (random) => ({ owner: one(desk.engineerIds, random) });
const severity: Draw = (random) => ({
  severity: one(['critical', 'high', 'medium', 'low'], random),
});
const tenant: Draw = (random) => ({ tenant: desk.drawCustomer(random).actor.tenant ?? '' });
const requester: Draw = (random) => ({ requester: desk.drawCustomer(random).actor.id });
const month: Draw = (random) => {
  const begins = Date.UTC(2025, 10 + random.below(11));
  const [createdFrom, createdTo] = [begins, begins + 30 * 86_400_000].map((time) =>
    new Date(time).toISOString(),
  );
  return { createdFrom: createdFrom ?? '', createdTo: createdTo ?? '' };
};
const words =
  (count: number): Draw =>
  (random) => ({
    q: texts.draw(random).replace('.', '').split(' ').slice(0, count).join(' '),
  });
const all =
  (...draws: readonly Draw[]): Draw =>
  (random) =>
    Object.assign({}, ...draws.map((draw) => draw(random))) as Record<string, string>;

const filters = new Weighted<Draw>([
  [() => ({}), 3],
  [state, 3],
  [service, 2],
  [handler, 2],
  [owner, 2],
  [requester, 2],
  [tenant, 2],
  [severity, 1],
  [month, 1],
  [words(1), 2],
  [words(2), 2],
  [words(3), 1],
  [all(service, state), 3],
  [all(handler, state), 3],
  [all(owner, state), 3],
  [all(tenant, state, severity), 2],
  [all(service, severity), 1],
  [all(service, month), 1],
  [all(owner, service, state), 1],
  [all(state, words(1)), 2],
  [all(tenant, words(2)), 1],
]);

const sorts = new Weighted([
  ['', 6],
  ['-createdAt', 2],
  ['createdAt', 1],
  ['updatedAt', 1],
]);

/** A number of lists of tickets, with every filter, sort and page size; always the same ones. */
export function listRequests(count: number): string[] {
  const random = new Random('requests');
  return Array.from({ length: count }, () => {
    const sort = sorts.draw(random);
    const query = new URLSearchParams({
      ...filters.draw(random)(random),
      ...(sort === '' ? {} : { sort }),
      limit: one(['20', '50', '50', '100'], random),
    });
    return `/api/v1/tickets?${query.toString()}`;
  });
}
