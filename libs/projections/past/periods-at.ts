import type { FieldValue } from '../projection.js';
import type { ViewReader, Condition, Place, Query } from '#view-stores/view-store.js';
import { lastChange, minuteOf, nextMinute, type TicketPeriod } from '../ticket-periods.js';
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

/** More than tickets change in a minute. */
const ALL = 1_000_000;

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
  const few =
    where.length === 0
      ? null
      : await findByClasses(periods, query, { limit: FEW + 1, enough: FEW + 1 });
  if (few !== null && few.length <= FEW) return inOrder(few, query);
  const { after } = query;
  const found = await periods.find({
    where: [...where, ...createdBy(time)],
    sort,
    limit,
    ...(after === undefined ? {} : { after: { ...after, id: besides(after.id, sort.descending) } }),
  });
  return inOrder(
    found.map(({ view }) => view),
    query,
  );
}

/**
 * The periods of at least as many tickets as the query asks for, if there are so many. A ticket's
 * last change is in the minute in which its period began: whole minutes are read, from that of the
 * place after which the query starts.
 */
async function findByChange(periods: Periods, query: PastQuery): Promise<readonly TicketPeriod[]> {
  const { limit, after, sort } = query;
  const { descending } = sort;
  const found: TicketPeriod[] = [];
  let rest = after === undefined ? {} : minutesFrom(Number(after.value), descending);
  while (inOrder(found, query).length < limit) {
    const some = await findByClasses(periods, query, { limit, begun: rest });
    const last = some.at(-1);
    found.push(...some);
    if (last === undefined || some.length < limit) break;
    const minute = { from: minuteOf(last.from), until: nextMinute(last.from) };
    found.push(...(await findByClasses(periods, query, { limit: ALL, begun: minute })));
    rest = descending ? { until: minute.from } : { from: minute.until };
  }
  return found;
}

const minutesFrom = (time: number, descending: boolean) =>
  descending ? { until: nextMinute(time) } : { from: minuteOf(time) };

interface Reading {
  readonly limit: number;
  /** Reads no further class after so many. @default all classes */
  readonly enough?: number;
  /** Bounds of the beginnings. @default none */
  readonly begun?: { readonly from?: number; readonly until?: number };
}

/**
 * Reads each class in order of the beginnings and merges them: the first of all are among the first
 * of each.
 */
async function findByClasses(
  periods: Periods,
  { time, where, sort: { descending } }: PastQuery,
  { limit, enough = Infinity, begun = {} }: Reading,
): Promise<readonly TicketPeriod[]> {
  const found = new Map<string, TicketPeriod>();
  const sort = { field: 'from', descending };
  for (const conditions of containing(time)) {
    const all = [...conditions, { field: 'from', ...begun }, ...where];
    for (const { view } of await periods.find({ where: all, sort, limit })) {
      found.set(view.ticketId, view);
    }
    if (found.size >= enough) break;
  }
  const order = descending ? -1 : 1;
  return [...found.values()].sort((a, b) => order * (a.from - b.from)).slice(0, limit);
}

const createdBy = (time: number): Condition[] => [
  { field: 'createdAt', until: new Date(time + 1).toISOString() },
  { field: 'from', until: time + 1 },
  { field: 'until', from: time + 1 },
];

/** The id that all periods of a ticket precede: it is the beginning of their ids. */
const besides = (ticketId: string, descending: boolean): string =>
  descending ? ticketId : `${ticketId}@~`;

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
