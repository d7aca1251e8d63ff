import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IsIn, IsOptional } from 'class-validator';
import { Count, OneOf, Parts, Time } from '#platform/openapi/answer-members.js';
import { invalidField, type Problem } from '#platform/problems/problem.js';
import { System } from '#platform/system.js';
import { HasFormat } from '#platform/validation/decorators.js';
import { flowSpans, type Flow, type FlowSpan } from '#projections/flow.js';
import { Views } from '#projections/views.js';
import type { ViewReader } from '#view-stores/view-store.js';
import { Freshness } from '../freshness.js';
import { PositionedAnswer } from '../page-answer.js';
import { boundOf } from '../past/moment.js';
import { RequestQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';
import { everyDocument } from './every-document.js';
import {
  buckets,
  countBuckets,
  lengthOf,
  wholeBuckets,
  type Bucket,
  type Interval,
} from './flow-buckets.js';

export class FlowRequest extends QueryRequest {
  /** The length of a bucket, in UTC; weeks begin on Monday (ISO 8601). @default day */
  @IsOptional()
  @IsIn([...buckets])
  bucket?: Bucket;

  /** The first bucket is the one that this time is in. @default 30 buckets before the end */
  @IsOptional()
  @HasFormat('date-time')
  from?: string;

  /** The last bucket is the one that this time is in, or that it ends. @default now */
  @IsOptional()
  @HasFormat('date-time')
  to?: string;
}

export class FlowItem {
  @Time()
  readonly from!: string;

  @Time()
  readonly to!: string;

  @Count()
  readonly created!: number;

  @Count()
  readonly closed!: number;

  @Count()
  readonly canceled!: number;

  @Count({ description: 'Tickets that were open at the end of the bucket.' })
  readonly open!: number;
}

export class FlowAnswer extends PositionedAnswer {
  @OneOf(buckets)
  readonly bucket!: Bucket;

  @Time()
  readonly from!: string;

  @Time()
  readonly to!: string;

  @Parts(() => FlowItem, { description: 'One item for each bucket, also where nothing happened.' })
  readonly items!: readonly FlowItem[];
}

export class ReportFlow extends RequestQuery<FlowRequest, FlowAnswer> {}

const MAX_BUCKETS = 2_000;
const DEFAULT_BUCKETS = 30;

/** ISO 8601 writes these years with four digits. */
const FIRST = Date.parse('0000-01-01T00:00:00Z');
const LAST = Date.UTC(9999, 11, 31, 23);

@QueryHandler(ReportFlow)
export class ReportFlowHandler implements IQueryHandler<ReportFlow> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly system: System,
  ) {}

  async execute({ request }: ReportFlow): Promise<FlowAnswer> {
    const { bucket = 'day', minPosition } = request;
    const range = rangeOf(bucket, request, Date.parse(this.system.now()));
    const position = await this.freshness.reached(minPosition, this.readModels.flow);
    return {
      bucket,
      from: textOf(range.from),
      to: textOf(range.to),
      items: await itemsIn(this.readModels.flow, bucket, range),
      position: position.toString(),
    };
  }
}

function rangeOf(bucket: Bucket, { from, to }: FlowRequest, now: number): Interval {
  const end = to === undefined ? now : boundOf(to);
  const start = from === undefined ? end - (DEFAULT_BUCKETS - 1) * lengthOf(bucket) : boundOf(from);
  if (start > end) throw reversedRange(to);
  const range = wholeBuckets(bucket, { from: start, to: end });
  if (range.from < FIRST) throw invalidField('/from', 'The range begins before the year 0.');
  if (range.to > LAST) throw invalidField('/to', 'The range ends after the year 9999.');
  if (countBuckets(bucket, range) > MAX_BUCKETS) {
    throw invalidField(
      '/from',
      `The range has more than ${MAX_BUCKETS} buckets. Choose a later start or a longer bucket.`,
    );
  }
  return range;
}

const reversedRange = (to: string | undefined): Problem =>
  to === undefined
    ? invalidField('/from', 'from is later than now. Give the end of the range, to, as well.')
    : invalidField('/to', 'to is before from. Swap them.');

async function itemsIn(
  reader: ViewReader<Flow>,
  bucket: Bucket,
  { from, to }: Interval,
): Promise<FlowItem[]> {
  const span = bucket === 'hour' ? 'hour' : 'day';
  const flows = await between(reader, span, from, to);
  let open = await openAt(reader, from);
  const items: FlowItem[] = [];
  let next = 0;
  for (let start = from; start < to; start += lengthOf(bucket)) {
    const end = start + lengthOf(bucket);
    const sums = { created: 0, closed: 0, canceled: 0 };
    for (; next < flows.length && timeOf(flows[next]) < end; next++) add(sums, flows[next]);
    open += sums.created - sums.closed - sums.canceled;
    // If a clock stepped back, a ticket may have been closed before it was created.
    items.push({ from: textOf(start), to: textOf(end), ...sums, open: Math.max(0, open) });
  }
  return items;
}

/** How many tickets were open at the start of a day or an hour: whole months, then days, then hours. */
async function openAt(reader: ViewReader<Flow>, time: number): Promise<number> {
  const text = textOf(time);
  const month = Date.parse(`${text.slice(0, flowSpans.month)}-01T00:00:00Z`);
  const day = Date.parse(`${text.slice(0, flowSpans.day)}T00:00:00Z`);
  const flows = [
    ...(await between(reader, 'month', -Infinity, month)),
    ...(await between(reader, 'day', month, day)),
    ...(await between(reader, 'hour', day, time)),
  ];
  return flows.reduce(
    (open, { created, closed, canceled }) => open + created - closed - canceled,
    0,
  );
}

/** The spans that begin from a time on and before another, in order. */
const between = (
  reader: ViewReader<Flow>,
  span: FlowSpan,
  from: number,
  to: number,
): Promise<readonly Flow[]> => {
  const name = (time: number) => textOf(time).slice(0, flowSpans[span]);
  const start = {
    field: 'start',
    ...(from === -Infinity ? {} : { from: name(from) }),
    until: name(to),
  };
  return everyDocument(reader, [{ field: 'span', in: [span] }, start], 'start');
};

function add(sums: Record<'created' | 'closed' | 'canceled', number>, flowed?: Flow): void {
  sums.created += flowed?.created ?? 0;
  sums.closed += flowed?.closed ?? 0;
  sums.canceled += flowed?.canceled ?? 0;
}

const timeOf = (flowed?: Flow): number =>
  flowed === undefined
    ? Infinity
    : Date.parse(flowed.span === 'hour' ? `${flowed.start}:00:00Z` : `${flowed.start}T00:00:00Z`);

const textOf = (time: number): string => new Date(time).toISOString();
