import type { TicketStateName } from '#ticketing/ticket/state.js';
import type { ViewReader, Counted } from '#view-stores/view-store.js';
import type { CountDimension } from '../ticket-counts.js';
import type { TicketPeriod } from '../ticket-periods.js';
import { containing } from './length-classes.js';

/** The field of periods for each dimension. */
const fieldOf: { readonly [Dimension in CountDimension]: string } = {
  service: 'service',
  handler: 'handler',
  owner: 'ownedBy',
  severity: 'severity',
  tenant: 'tenant',
};

export interface StateCount {
  readonly state: TicketStateName;
  /** The service, handler and so on; null for tickets without one, and for counts without a dimension. */
  readonly key: string | null;
  readonly count: number;
}

/**
 * How many tickets were in each state at a time, by a dimension if one is given. A ticket with
 * several owners counts for each of them. Groups without tickets are left out.
 *
 * @param time - in milliseconds since 1970
 */
export async function countsAt(
  periods: ViewReader<TicketPeriod>,
  time: number,
  dimension?: CountDimension,
): Promise<readonly StateCount[]> {
  const by = dimension === undefined ? ['state'] : ['state', fieldOf[dimension]];
  const counted = await periods.count(by, ...containing(time));
  const groups = new Map<string, StateCount>();
  for (const { state, key, count } of counted.flatMap((one) => countsOf(one, dimension))) {
    const group = JSON.stringify([state, key]);
    groups.set(group, { state, key, count: count + (groups.get(group)?.count ?? 0) });
  }
  return [...groups.values()];
}

/** A count for a set of owners counts for each of them. */
function countsOf({ values, count }: Counted, dimension?: CountDimension): StateCount[] {
  const [state, value = null] = values as [TicketStateName, (string | null)?];
  if (dimension !== 'owner' || value === null) return [{ state, key: value, count }];
  const owners = JSON.parse(value) as string[];
  return (owners.length === 0 ? [null] : owners).map((key) => ({ state, key, count }));
}
