import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ratings, type Satisfaction } from '#projections/satisfaction.js';
import { groupId } from '#projections/ticket-groups.js';
import { Freshness } from '../freshness.js';
import { Views } from '#projections/views.js';
import { everyDocument } from './every-document.js';
import { GroupNames } from './group-names.js';
import { ReportSatisfaction, type SatisfactionAnswer } from './report-satisfaction-query.js';

@QueryHandler(ReportSatisfaction)
export class ReportSatisfactionHandler implements IQueryHandler<ReportSatisfaction> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
    private readonly names: GroupNames,
  ) {}

  async execute({
    request: { groupBy, minPosition },
  }: ReportSatisfaction): Promise<SatisfactionAnswer> {
    const { satisfaction, services, engineers } = this.readModels;
    const position = await this.freshness.reached(minPosition, satisfaction, services, engineers);
    const [all] = await this.#groups('all');
    const answer = { ...figuresOf(all), position: position.toString() };
    if (groupBy === undefined) return answer;
    const named = (await this.#groups(groupBy)).map(async (group) => ({
      key: group.key,
      name: await this.names.of(groupBy, group.key),
      ...figuresOf(group),
    }));
    return { ...answer, groupBy, groups: await Promise.all(named) };
  }

  #groups(dimension: Satisfaction['dimension']): Promise<readonly Satisfaction[]> {
    return everyDocument(
      this.readModels.satisfaction,
      [{ field: 'dimension', in: [dimension] }],
      'group',
      (view) => groupId(view.dimension, view.key),
    );
  }
}

function figuresOf(group: Satisfaction | undefined) {
  const distribution = Object.fromEntries(
    ratings.map((rating) => [rating, group?.distribution[rating - 1] ?? 0]),
  );
  const count = ratings.reduce((all, rating) => all + (distribution[rating] ?? 0), 0);
  const sum = ratings.reduce((all, rating) => all + rating * (distribution[rating] ?? 0), 0);
  return { count, mean: count === 0 ? null : sum / count, distribution };
}
