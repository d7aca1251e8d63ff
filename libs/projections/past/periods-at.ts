import type { FieldValue } from '../projection.js';
import type { ViewReader, Condition, Found, Place, Query } from '#view-stores/view-store.js';
import type { TicketPeriod } from '../ticket-periods.js';
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

/** At most this many periods are read to find out whether a filter is selective. */
const FEW = 500;

type Periods = ViewReader<TicketPeriod>;
type Period = Found<TicketPeriod>;

/**
 * The periods that contain a time, one for each ticket, in the order of the query.
 *
 * Sorted by creation, the periods of one ticket are adjacent in an index, so that few are read for
 * each that is found. If a filter is selective, its periods are found by classes and sorted here.
 */
export async function findAt(
  periods: Periods,
  { time, ...query }: PastQuery,
): Promise<readonly Period[]> {
  if (query.sort.field === 'from') return findByClasses(periods, time, query);
  const few = query.where.length === 0 ? null : await findFew(periods, time, query.where);
  return few === null
    ? periods.find({ ...query, where: [...query.where, ...createdBy(time)] })
    : inOrder(few, query);
}

/** Reads each class in order and merges them: the first of all are among the first of each. */
async function findByClasses(periods: Periods, time: number, query: PeriodQuery) {
  const found = new Map<string, Period>();
  for (const conditions of containing(time)) {
    const where = [...conditions, ...query.where];
    for (const one of await periods.find({ ...query, where })) found.set(one.id, one);
  }
  return inOrder([...found.values()], query);
}

/** All periods that pass a filter, or null if there are more than FEW. */
async function findFew(periods: Periods, time: number, where: readonly Condition[]) {
  const found = new Map<string, Period>();
  for (const conditions of containing(time)) {
    const some = await periods.find({
      where: [...conditions, ...where],
      sort: { field: 'from', descending: true },
      limit: FEW + 1,
    });
    for (const one of some) found.set(one.id, one);
    if (found.size > FEW) return null;
  }
  return [...found.values()];
}

const createdBy = (time: number): Condition[] => [
  { field: 'createdAt', until: new Date(time + 1).toISOString() },
  { field: 'from', until: time + 1 },
  { field: 'until', from: time + 1 },
];

/** Sorts as stores do, and returns the page of the query. */
function inOrder(found: Period[], { sort, after, limit }: PeriodQuery): readonly Period[] {
  const { field, descending } = sort;
  const placeOf = ({ id, view }: Period): Place => ({ value: view[field], id });
  const order = descending ? -1 : 1;
  return found
    .filter((one) => after === undefined || order * compare(placeOf(one), after) > 0)
    .sort((a, b) => order * compare(placeOf(a), placeOf(b)))
    .slice(0, limit);
}

const compare = (a: Place, b: Place): number =>
  compareValues(a.value, b.value) || compareValues(a.id, b.id);

const compareValues = (a: FieldValue, b: FieldValue): number =>
  a === b ? 0 : a !== null && b !== null && a < b ? -1 : 1;
