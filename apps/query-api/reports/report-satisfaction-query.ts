import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { Count, CountsBy, Decimal, Parts } from '#platform/openapi/answer-members.js';
import { ratings, type Satisfaction } from '#projections/satisfaction.js';
import { Views } from '#projections/views.js';
import { Freshness } from '../freshness.js';
import { RequestQuery } from '../queries.js';
import { QueryRequest } from '../query-requests.js';
import { everyGroup } from './every-document.js';
import { groupName } from './group-name.js';
import { GroupAnswer, GroupedAnswer } from './grouped-answer.js';

export class SatisfactionRequest extends QueryRequest {
  @IsOptional()
  @IsIn(['service', 'handler'])
  groupBy?: 'service' | 'handler';
}

/** How often each rating was given, from 1 (bad) to 5 (good). */
export type RatingCounts = Readonly<Record<string, number>>;

export class SatisfactionFigures {
  @Count()
  readonly count!: number;

  @Decimal({ nullable: true, minimum: 1, maximum: 5, example: 4.5 })
  readonly mean!: number | null;

  @CountsBy(ratings)
  readonly distribution!: RatingCounts;
}

export class SatisfactionGroup extends IntersectionType(GroupAnswer, SatisfactionFigures) {}

export class SatisfactionAnswer extends IntersectionType(GroupedAnswer, SatisfactionFigures) {
  @Parts(() => SatisfactionGroup, { required: false })
  readonly groups?: readonly SatisfactionGroup[];
}

export class ReportSatisfaction extends RequestQuery<SatisfactionRequest, SatisfactionAnswer> {}

@QueryHandler(ReportSatisfaction)
export class ReportSatisfactionHandler implements IQueryHandler<ReportSatisfaction> {
  constructor(
    private readonly readModels: Views,
    private readonly freshness: Freshness,
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
      name: await groupName(this.readModels, groupBy, group.key),
      ...figuresOf(group),
    }));
    return { ...answer, groupBy, groups: await Promise.all(named) };
  }

  #groups(dimension: Satisfaction['dimension']): Promise<readonly Satisfaction[]> {
    return everyGroup(this.readModels.satisfaction, dimension);
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
