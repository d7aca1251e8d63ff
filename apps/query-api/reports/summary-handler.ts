import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { groupId } from '#projections/ticket-groups.js';
import { countsAt, type StateCount } from '#projections/past/counts-at.js';
import type { ViewReader } from '#view-stores/view-store.js';
import { type CountDimension, type TicketCounts } from '#projections/ticket-counts.js';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import { Freshness } from '../freshness.js';
import { momentOf } from '../past/moment.js';
import { Views } from '#projections/views.js';
import { everyDocument } from './every-document.js';
import { GroupNames } from './group-names.js';
import { ReportSummary, type SummaryAnswer, type SummaryGroup } from './report-summary-query.js';

@QueryHandler(ReportSummary)
export class ReportSummaryHandler implements IQueryHandler<ReportSummary> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly names: GroupNames,
  ) {}

  async execute({ request }: ReportSummary): Promise<SummaryAnswer> {
    const { ticketCounts, ticketPeriods, services, engineers } = this.readModels;
    const { groupBy, asOf, minPosition } = request;
    const counts = asOf === undefined ? ticketCounts : ticketPeriods;
    const position = await this.freshness.reached(minPosition, counts, services, engineers);
    const countedBy = (dimension?: CountDimension): Promise<readonly StateCount[]> =>
      asOf === undefined
        ? countsNow(ticketCounts, dimension)
        : countsAt(ticketPeriods, momentOf(asOf), dimension);
    const all = total(await countedBy());
    if (groupBy === undefined) return { ...all, position: position.toString() };
    const groups = await this.#groups(groupBy, await countedBy(groupBy));
    return { ...all, groupBy, groups, position: position.toString() };
  }

  async #groups(groupBy: CountDimension, counted: readonly StateCount[]): Promise<SummaryGroup[]> {
    const keys = [...new Set(counted.map(({ key }) => key))];
    return Promise.all(
      keys.sort(nullLast).map(async (key) => ({
        key,
        name: await this.names.of(groupBy, key),
        ...total(counted.filter((one) => one.key === key)),
      })),
    );
  }
}

/** The current counts, from one document for each group. */
async function countsNow(
  reader: ViewReader<TicketCounts>,
  groupBy: CountDimension | undefined,
): Promise<readonly StateCount[]> {
  const dimension = groupBy ?? 'all';
  const groups = await everyDocument(
    reader,
    [{ field: 'dimension', in: [dimension] }],
    'group',
    (view) => groupId(view.dimension, view.key),
  );
  return groups.flatMap(({ key, counts }) =>
    ticketStates.flatMap((state) => {
      const count = counts[state] ?? 0;
      return count === 0 ? [] : [{ state, key, count }];
    }),
  );
}

function total(counted: readonly StateCount[]) {
  const counts = Object.fromEntries(ticketStates.map((state) => [state, 0])) as Record<
    TicketStateName,
    number
  >;
  let all = 0;
  for (const { state, count } of counted) {
    counts[state] += count;
    all += count;
  }
  return { total: all, counts };
}

const nullLast = (one: string | null, other: string | null): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
};
