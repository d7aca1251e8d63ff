import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Count, Decimal, OneOf, Part, Parts } from '#platform/openapi/answer-members.js';
import type { GroupDurations } from '#projections/durations.js';
import { emptySketch, mean, quantile, type Sketch } from '#projections/quantile-sketch.js';
import { measureNames, type MeasureName } from '#projections/ticket-clock.js';
import { Views } from '#projections/views.js';
import { Freshness } from '../freshness.js';
import { RequestQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';
import { everyGroup } from './every-document.js';
import { groupName } from './group-name.js';
import { GroupAnswer, GroupedAnswer } from './grouped-answer.js';

export class DurationsRequest extends QueryRequest {
  @IsOptional()
  @IsIn(['service', 'severity'])
  groupBy?: 'service' | 'severity';
}

/** In seconds. Percentiles are within 1 %. A mean and percentiles of nothing are null. */
export class DurationFigures {
  @Count()
  readonly count!: number;

  @Decimal({ nullable: true, minimum: 0 })
  readonly mean!: number | null;

  @Decimal({ nullable: true, minimum: 0 })
  readonly p50!: number | null;

  @Decimal({ nullable: true, minimum: 0 })
  readonly p90!: number | null;

  @Decimal({ nullable: true, minimum: 0 })
  readonly p99!: number | null;
}

export class DurationMeasures {
  @Part(() => DurationFigures)
  readonly timeToFirstHandling!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeToFirstResponse!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeToResolution!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeToClose!: DurationFigures;

  @Part(() => DurationFigures)
  readonly timeWaitingForCustomer!: DurationFigures;
}

export class DurationsGroup extends IntersectionType(GroupAnswer, DurationMeasures) {}

export class DurationsAnswer extends IntersectionType(GroupedAnswer, DurationMeasures) {
  @OneOf(['seconds'])
  readonly unit!: 'seconds';

  @Parts(() => DurationsGroup, { required: false })
  readonly groups?: readonly DurationsGroup[];
}

export class ReportDurations extends RequestQuery<DurationsRequest, DurationsAnswer> {}

/** The names of the measures in the answer. */
const memberOf: Readonly<Record<MeasureName, keyof DurationMeasures>> = {
  firstHandling: 'timeToFirstHandling',
  firstResponse: 'timeToFirstResponse',
  resolution: 'timeToResolution',
  close: 'timeToClose',
  waitingForCustomer: 'timeWaitingForCustomer',
};

@QueryHandler(ReportDurations)
export class ReportDurationsHandler implements IQueryHandler<ReportDurations> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
  ) {}

  async execute({ request: { groupBy, minPosition } }: ReportDurations): Promise<DurationsAnswer> {
    const { durations, services } = this.readModels;
    const position = await this.freshness.reached(minPosition, durations, services);
    const all = (await this.#sketches('all')).get(null);
    const answer = { unit: 'seconds' as const, ...measuresOf(all), position: position.toString() };
    if (groupBy === undefined) return answer;
    const groups = [...(await this.#sketches(groupBy))];
    const named = groups.map(async ([key, sketches]) => ({
      key,
      name: await groupName(this.readModels, groupBy, key),
      ...measuresOf(sketches),
    }));
    return { ...answer, groupBy, groups: await Promise.all(named) };
  }

  /** The sketches of each group of a dimension that has measurements, by the group's key. */
  async #sketches(
    dimension: GroupDurations['dimension'],
  ): Promise<ReadonlyMap<string | null, Sketches>> {
    const found = await everyGroup(this.readModels.durations, dimension);
    const groups = new Map<string | null, Sketches>();
    for (const view of found) {
      if (view.kind !== 'group') continue;
      groups.set(view.key, { ...groups.get(view.key), [view.measure]: view.sketch });
    }
    return groups;
  }
}

type Sketches = { readonly [Name in MeasureName]?: Sketch };

type Measures = { readonly [Name in keyof DurationMeasures]: DurationFigures };

const measuresOf = (sketches: Sketches = {}): Measures =>
  Object.fromEntries(
    measureNames.map((name) => [memberOf[name], figuresOf(sketches[name])]),
  ) as Measures;

function figuresOf(sketch: Sketch = emptySketch): DurationFigures {
  const { count } = sketch;
  return {
    count,
    mean: inSeconds(mean(sketch)),
    p50: inSeconds(quantile(sketch, 0.5)),
    p90: inSeconds(quantile(sketch, 0.9)),
    p99: inSeconds(quantile(sketch, 0.99)),
  };
}

const inSeconds = (milliseconds: number | null): number | null =>
  milliseconds === null ? null : Math.round(milliseconds) / 1_000;
