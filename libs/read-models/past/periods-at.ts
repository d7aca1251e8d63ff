import type { FieldValue } from '../projection.js';
import type { CollectionReader, Condition, Found, Query } from '../store.js';
import type { TicketPeriod } from '../views/ticket-periods.js';
import { containing } from './length-classes.js';

/** By when a ticket was last changed, at the time that is asked for, or by its creation. */
export type PeriodSort = 'from' | 'createdAt';

export interface PastQuery extends Query {
  /** In milliseconds since 1970. */
  readonly time: number;
  readonly sort: { readonly field: PeriodSort; readonly descending: boolean };
}

type Periods = CollectionReader<TicketPeriod>;

/** The periods that contain a time, one a ticket, in the order asked for. */
export function findAt(
  periods: Periods,
  { time, ...query }: PastQuery,
): Promise<readonly Found<TicketPeriod>[]> {
  return query.sort.field === 'from'
    ? findByClasses(periods, time, query)
    : periods.find({ ...query, where: [...query.where, ...createdBy(time)] });
}

/** Each class in its order, merged: the first of all are among the first of each. */
async function findByClasses(
  periods: Periods,
  time: number,
  query: Query,
): Promise<readonly Found<TicketPeriod>[]> {
  const found = new Map<string, Found<TicketPeriod>>();
  for (const conditions of containing(time)) {
    const where = [...conditions, ...query.where];
    for (const one of await periods.find({ ...query, where })) found.set(one.id, one);
  }
  const order = query.sort.descending ? -1 : 1;
  return [...found.values()]
    .sort((a, b) => order * (compare(a.view.from, b.view.from) || compare(a.id, b.id)))
    .slice(0, query.limit);
}

/** All periods of a ticket have its creation, so that few are looked at beside the one wanted. */
const createdBy = (time: number): Condition[] => [
  { field: 'createdAt', until: new Date(time + 1).toISOString() },
  { field: 'from', until: time + 1 },
  { field: 'until', from: time + 1 },
];

const compare = <Value extends NonNullable<FieldValue>>(a: Value, b: Value): number =>
  a < b ? -1 : a > b ? 1 : 0;
