import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Count, CountsBy, Parts } from '#platform/openapi/answer-members.js';
import { HasFormat } from '#platform/validation/decorators.js';
import { countsAt, type StateCount } from '#projections/past/counts-at.js';
import {
  countDimensions,
  type CountDimension,
  type TicketCounts,
} from '#projections/ticket-counts.js';
import { Views } from '#projections/views.js';
import { ticketStates, type TicketStateName } from '#ticketing/ticket/state.js';
import type { ViewReader } from '#view-stores/view-store.js';
import { Freshness } from '../freshness.js';
import { momentOf } from '../past/moment.js';
import { RequestQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';
import { everyGroup } from './every-document.js';
import { groupName } from './group-name.js';
import { GroupAnswer, GroupedAnswer } from './grouped-answer.js';

export class SummaryRequest extends QueryRequest {
  /** Counts in groups by this. */
  @IsOptional()
  @IsIn([...countDimensions])
  groupBy?: CountDimension;

  /** The counts as they were at this time. */
  @IsOptional()
  @HasFormat('date-time')
  asOf?: string;
}

export type StateCounts = Readonly<Record<TicketStateName, number>>;

export class SummaryFigures {
  @Count()
  readonly total!: number;

  @CountsBy(ticketStates)
  readonly counts!: StateCounts;
}

export class SummaryGroup extends IntersectionType(GroupAnswer, SummaryFigures) {}

export class SummaryAnswer extends IntersectionType(GroupedAnswer, SummaryFigures) {
  @Parts(() => SummaryGroup, { required: false })
  readonly groups?: readonly SummaryGroup[];
}

export class ReportSummary extends RequestQuery<SummaryRequest, SummaryAnswer> {}

@QueryHandler(ReportSummary)
export class ReportSummaryHandler implements IQueryHandler<ReportSummary> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
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
        name: await groupName(this.readModels, groupBy, key),
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
  const groups = await everyGroup(reader, groupBy ?? 'all');
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
