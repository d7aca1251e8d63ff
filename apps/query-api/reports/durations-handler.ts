import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { emptySketch, mean, quantile, type Sketch } from '#projections/quantile-sketch.js';
import { measureNames, type MeasureName } from '#projections/ticket-clock.js';
import type { GroupDurations } from '#projections/durations.js';
import { groupId } from '#projections/ticket-groups.js';
import { Freshness } from '../freshness.js';
import { Views } from '#projections/views.js';
import { everyDocument } from './every-document.js';
import { GroupNames } from './group-names.js';
import {
  ReportDurations,
  type DurationFigures,
  type DurationMeasures,
  type DurationsAnswer,
} from './report-durations-query.js';

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
    private readonly names: GroupNames,
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
      name: await this.names.of(groupBy, key),
      ...measuresOf(sketches),
    }));
    return { ...answer, groupBy, groups: await Promise.all(named) };
  }

  /** The sketches of each group of a dimension that has measurements, by the group's key. */
  async #sketches(
    dimension: GroupDurations['dimension'],
  ): Promise<ReadonlyMap<string | null, Sketches>> {
    const found = await everyDocument(
      this.readModels.durations,
      [{ field: 'dimension', in: [dimension] }],
      'group',
      (view) => (view.kind === 'group' ? groupId(view.dimension, view.key) : ''),
    );
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
