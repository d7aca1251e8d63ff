import { setImmediate } from 'node:timers/promises';
import type { FieldValue } from '../projection.js';
import type { Condition, Found, Place, Query, ViewReader } from '#view-stores/view-store.js';
import {
  besidePeriods,
  lastChange,
  secondOf,
  nextSecond,
  type TicketPeriod,
} from '../ticket-periods.js';
import { containing } from './length-classes.js';

/** Sorts by the last change of a ticket before the time of the query, or by its creation. */
export type PeriodSort = 'from' | 'createdAt';

interface PeriodQuery extends Query {
  readonly sort: { readonly field: PeriodSort; readonly descending: boolean };
}

export interface PastQuery extends PeriodQuery {
  /** In milliseconds since 1970. */
  readonly time: number;
}

/** A ticket that was found, and its place in the order of the query: its `id` is the ticket's. */
export interface TicketAt extends Place {
  readonly period: TicketPeriod;
}

/** At most this many periods are read to find out whether a filter is selective. */
const FEW = 500;

/** How many periods are read before other requests run. */
const PAGE = 200;

type Periods = ViewReader<TicketPeriod>;

/**
 * The tickets at a time with their periods, in the order of the query.
 *
 * Sorted by creation, the periods of one ticket are adjacent in an index, so that few are read for
 * each that is found. If a filter is selective, its periods are found by classes and sorted here.
 */
export async function findAt(periods: Periods, query: PastQuery): Promise<readonly TicketAt[]> {
  const { time, where, limit, sort } = query;
  if (sort.field === 'from') return inOrder(await findByChange(periods, query), query);
  const few = where.length === 0 ? null : await findFew(periods, query);
  if (few !== null) return inOrder(few, query);
  const { after } = query;
  const found = await periods.find({
    where: [...where, ...createdBy(time)],
    sort,
    limit,
    ...(after === undefined
      ? {}
      : { after: { ...after, id: besidePeriods(after.id, !sort.descending) } }),
  });
  return inOrder(
    found.map(({ view }) => view),
    query,
  );
}

/** All periods that pass the filter of a query, or null if there are more than FEW. */
async function findFew(periods: Periods, { time, where }: PastQuery) {
  const found: TicketPeriod[] = [];
  for (const conditions of containing(time)) {
    const some = await periods.find({
      where: [...conditions, ...where],
      sort: { field: 'from', descending: true },
      limit: FEW + 1,
    });
    found.push(...some.map(({ view }) => view));
    if (found.length > FEW) return null;
  }
  return found;
}

/** Bounds of the beginnings of periods. */
interface Begun {
  readonly from?: number;
  readonly until?: number;
}

/**
 * The periods of at least as many tickets as the query asks for, if there are so many. A ticket's
 * last change is in the second in which its period began: whole seconds are read, from that of the
 * place after which the query starts.
 */
async function findByChange(periods: Periods, query: PastQuery): Promise<readonly TicketPeriod[]> {
  const { limit, after, sort } = query;
  const found: TicketPeriod[] = [];
  let rest: Begun | null = after === undefined ? {} : beyond(Number(after.value), !sort.descending);
  while (rest !== null && inOrder(found, query).length < limit) {
    const some = await findSeconds(periods, query, rest);
    found.push(...some.found);
    rest = some.rest;
  }
  return found;
}

/** The second of a time and all before it, or all from it on. */
const beyond = (time: number, ascending: boolean): Begun =>
  ascending ? { from: secondOf(time) } : { until: nextSecond(time) };

/** A class of periods of which there are more than were read, and the last of these. */
interface Unfinished {
  readonly conditions: readonly Condition[];
  readonly last: Found<TicketPeriod>;
  readonly isCurrent: boolean;
}

/**
 * Reads each class in the order of the query up to the limit. All classes are complete up to the
 * first second in which one of them ended, and those that ended in it are completed.
 *
 * @returns the rest that was not read; null if there is none
 */
async function findSeconds(
  periods: Periods,
  { time, where, limit, sort: { descending } }: PastQuery,
  begun: Begun,
): Promise<{ readonly found: readonly TicketPeriod[]; readonly rest: Begun | null }> {
  const found: TicketPeriod[] = [];
  const read = async (
    conditions: readonly Condition[],
    { bounds, ...page }: { bounds: Begun; limit: number; after?: Place },
  ) => {
    const all = [...conditions, { field: 'from', ...bounds }, ...where];
    const some = await periods.find({ where: all, sort: { field: 'from', descending }, ...page });
    found.push(...some.map(({ view }) => view));
    return some.length < page.limit ? undefined : some.at(-1);
  };
  const complete = async ({ conditions, last }: Unfinished) => {
    const second = secondOf(last.view.from);
    const bounds = { from: second, until: nextSecond(second) };
    for (let after: Place | undefined = last; after !== undefined;) {
      await setImmediate();
      after = await read(conditions, { bounds, limit: PAGE, after });
    }
  };
  const unfinished: Unfinished[] = [];
  for (const [index, conditions] of containing(time).entries()) {
    const last = await read(conditions, { bounds: begun, limit });
    if (last === undefined) continue;
    const one = { conditions, last, isCurrent: index === 0 };
    unfinished.push(one);
    // A current period may end before the other classes are read, and is then found in one of them.
    if (one.isCurrent) await complete(one);
  }
  if (unfinished.length === 0) return { found, rest: null };
  const ends = unfinished.map(({ last }) => secondOf(last.view.from));
  const end = descending ? Math.max(...ends) : Math.min(...ends);
  for (const one of unfinished)
    if (!one.isCurrent && secondOf(one.last.view.from) === end) await complete(one);
  const isComplete = ({ from }: TicketPeriod) =>
    descending ? from >= end : from < nextSecond(end);
  return {
    found: found.filter(isComplete),
    rest: descending ? { until: end } : { from: nextSecond(end) },
  };
}

const createdBy = (time: number): Condition[] => [
  { field: 'createdAt', until: new Date(time + 1).toISOString() },
  { field: 'from', until: time + 1 },
  { field: 'until', from: time + 1 },
];

/** Each ticket once, sorted as stores do: the page of the query. */
function inOrder(
  found: readonly TicketPeriod[],
  { time, sort, after, limit }: PastQuery,
): readonly TicketAt[] {
  const order = sort.descending ? -1 : 1;
  const placed = found.map((period): TicketAt => ({
    id: period.ticketId,
    value: sort.field === 'from' ? lastChange(period, time) : period.createdAt,
    period,
  }));
  return [...new Map(placed.map((one) => [one.id, one])).values()]
    .filter((one) => after === undefined || order * compare(one, after) > 0)
    .sort((a, b) => order * compare(a, b))
    .slice(0, limit);
}

const compare = (a: Place, b: Place): number =>
  compareValues(a.value, b.value) || compareValues(a.id, b.id);

const compareValues = (a: FieldValue, b: FieldValue): number =>
  a === b ? 0 : a !== null && b !== null && a < b ? -1 : 1;
