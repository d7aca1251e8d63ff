import { beforeEach, expect, it } from '@jest/globals';
import { at } from '#consuming/testing/checkpoints.js';
import { openCopy } from '#consuming/testing/leases.js';
import { openedAt, type Place } from '#consuming/testing/opened.js';
import { countsAt } from '#projections/past/counts-at.js';
import { projections } from '#projections/all.js';
import type { Projection } from '#projections/projection.js';
import {
  closedFacets,
  logOfEveryType,
  ticketEventTypes,
  timeOf,
} from '#projections/testing/any-event.js';
import { project } from '#projections/testing/story.js';
import { Views } from '#projections/views.js';
import type { ViewStore } from '../view-store.js';

const count = ticketEventTypes.length;
const events = logOfEveryType(closedFacets);

/** The counts, without zeros. */
const withoutZeros = (counts: object | undefined) =>
  Object.fromEntries(Object.entries(counts ?? {}).filter(([, n]) => n !== 0));

/** Projects decoded events into a store: an invented type has no stored form. */
async function fill(store: ViewStore, projection: Projection<object>): Promise<void> {
  const copy = await openCopy(store, projection);
  const views = project(projection, events);
  const changes = [...views].map(([id, after]) => ({ id, before: null, after }));
  await copy.write(changes, at(events.at(-1)?.position ?? 0n));
  await copy.goLive();
}

/** The effects of the facets of an event of any type, in every store. */
export function everyEvent(newPlace: () => Place): void {
  const open = openedAt(newPlace);
  let views: Views;
  beforeEach(async () => {
    const store = await open();
    for (const projection of projections) await fill(store, projection);
    views = new Views(store);
  });

  it('moves its ticket in lists and on its page', async () => {
    const { state, service, handler, severity } = closedFacets;
    const found = await views.tickets.find({
      where: [
        { field: 'state', in: [state] },
        { field: 'service', in: [service] },
        { field: 'handler', in: [handler] },
        { field: 'severity', in: [severity] },
        { list: 'owners', has: ['carol'] },
      ],
      sort: { field: 'updatedAt', descending: false },
      limit: 100,
    });
    expect(found.map(({ id }) => id)).toEqual(ticketEventTypes);
    for (const [index, { view }] of found.entries()) {
      expect(view.ticket).toMatchObject({ state, handler, serviceId: service, severity });
      expect(view).toMatchObject({ revision: 1, updatedAt: timeOf(2 * index + 1) });
    }
    for (const key of ['staff:bob', 'staff:carol', 'staff:dave']) {
      const waiting = { list: 'waitsFor', has: [key] };
      expect(await views.tickets.count(['state'], [waiting])).toEqual([]);
    }
  });

  it('moves its ticket in the summary, in every dimension', async () => {
    const countOf = async (id: string) => withoutZeros((await views.ticketCounts.get(id))?.counts);
    const closed = { closed: count };
    for (const group of [
      'all null',
      'service "mail"',
      'handler "dave"',
      'owner "carol"',
      'severity "high"',
      'tenant "acme"',
    ]) {
      expect([group, await countOf(group)]).toEqual([group, closed]);
    }
    for (const group of ['service "vpn"', 'handler null', 'owner "bob"', 'severity null']) {
      expect([group, await countOf(group)]).toEqual([group, {}]);
    }
  });

  it('moves its ticket from the owner to the handler', async () => {
    const countOf = async (id: string) => withoutZeros((await views.engineers.get(id))?.counts);
    expect(await countOf('bob')).toEqual({});
    expect(await countOf('carol')).toEqual({});
    expect(await countOf('dave')).toEqual({ closed: count });
  });

  it('ends its ticket in the flow', async () => {
    const months = await views.flow.get('2026-11');
    expect(months).toMatchObject({ created: count, closed: count, canceled: 0 });
  });

  it('begins a period with the facets after it', async () => {
    const time = Date.parse(timeOf(events.length));
    expect(await countsAt(views.ticketPeriods, time)).toEqual([
      { state: 'closed', key: null, count },
    ]);
    for (const [dimension, key] of [
      ['service', 'mail'],
      ['handler', 'dave'],
      ['owner', 'carol'],
      ['severity', 'high'],
    ] as const) {
      expect(await countsAt(views.ticketPeriods, time, dimension)).toEqual([
        { state: 'closed', key, count },
      ]);
    }
    const before = await countsAt(views.ticketPeriods, Date.parse(timeOf(0)), 'owner');
    expect(before).toEqual([{ state: 'pending', key: 'bob', count: 1 }]);
  });

  it('is measured in the durations', async () => {
    const sketchOf = async (id: string) => {
      const view = await views.durations.get(id);
      return view?.kind === 'group' ? view.sketch : null;
    };
    for (const group of ['all null', 'service "mail"', 'severity "high"']) {
      for (const measure of ['firstHandling', 'close']) {
        const sum = count * 3_600_000;
        expect(await sketchOf(`${measure} ${group}`)).toMatchObject({ count, sum });
      }
    }
    expect(await sketchOf('resolution all null')).toBeNull();
  });

  it('of services and engineers reaches the projections that follow them', async () => {
    expect(await views.services.get('vpn')).toMatchObject({ revision: 3 });
    expect(await views.engineers.get('bob')).toMatchObject({
      displayName: 'Robert',
      active: false,
      services: ['vpn'],
    });
  });
}
